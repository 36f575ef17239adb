import { mailboxError } from '../errors.ts';
import type { SendResult } from '../types.ts';
import { untilAborted } from '../util/until-aborted.ts';
import { late, within } from '../util/within.ts';
import type { OutboundItem, Settlement } from './create-outbound-item.ts';

/** What its caller knows of a send that is still looking for its conversation. */
export interface Ticket {
  abandoned: boolean;
}

/** What a caller is told of a send, at the deadline at the latest. */
export type AwaitResult = (
  entering: Promise<OutboundItem>,
  /** Of the caller who began this send; `null` for one who joined it. */
  ticket: Ticket | null,
  signal: AbortSignal | undefined,
) => Promise<SendResult>;

export function createAwaitResult(options: {
  deadlineMs: number;
  /** Aborts, with what callers are to be told, when nothing is sent any more. */
  stopped: AbortSignal;
  withdraw: (item: OutboundItem) => boolean;
  flush: () => void;
}): AwaitResult {
  const { deadlineMs, stopped, withdraw, flush } = options;
  return async (entering, ticket, signal) => {
    const replayed = ticket === null;
    const end = performance.now() + deadlineMs;
    const left = () => Math.max(0, end - performance.now());
    const item = await within(untilAborted(entering, stopped), { ms: left(), signal });
    if (item === late) {
      if (ticket !== null) ticket.abandoned = true;
      throw mailboxError('NOT_SENT');
    }
    const settled = await within(item.settled, { ms: left(), signal });
    const settlement: Settlement = settled === late ? { status: 'unknown' } : settled;
    if (settlement.status === 'failed') throw settlement.error;
    if (settled === late && item.messageId === null) {
      if (!replayed && withdraw(item)) throw mailboxError('NOT_SENT');
      await item.stored;
      if (item.messageId === null) throw mailboxError('NOT_SENT');
    }
    // Whoever is told "unknown" may count on the message being sent, so it must outlive this process.
    if (settled === late) flush();
    const { messageId, conversationId } = item;
    return { status: settlement.status, messageId: messageId!, conversationId, replayed };
  };
}
