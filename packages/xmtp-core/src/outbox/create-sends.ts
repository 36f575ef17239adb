import { type MailboxError, mailboxError } from '../errors.ts';
import type { MailboxStatus } from '../health/status-types.ts';
import type { Conversation } from '../sdk/conversation.ts';
import { within } from '../util/within.ts';
import type { Ticket } from './create-await-result.ts';
import type { Lanes } from './create-lanes.ts';
import type { OutboundItem } from './create-outbound-item.ts';

/** A send whose conversation is known: it may go to its lane. */
export interface ReadySend {
  conversation: Conversation;
  item: OutboundItem;
}

/** Under which key a send was asked for, and by whom. */
export interface SendEntry {
  idempotencyKey: string | null;
  requestDigest: string;
  /** Of a caller who may give up before its conversation is found. */
  ticket?: Ticket | undefined;
}

/** Sends that are under way, new ones and those of an earlier process alike, each from when it is asked for until it is settled. */
export interface Sends {
  /** Counts the send at once, so that a second caller with its key joins it wherever it stands; puts it into its lane when it is ready. */
  enter(entry: SendEntry, ready: () => Promise<ReadySend>): Promise<OutboundItem>;
  underKey(idempotencyKey: string): { requestDigest: string; item: Promise<OutboundItem> } | undefined;
  /** How many are not settled. */
  queued(): number;
  counts(): MailboxStatus['outbox'];
  /** Answers every caller, once nothing is being stored any more. `reason`: as for the outbox's `stop`. */
  end(reason: MailboxError | undefined): Promise<void>;
}

/** How long an end waits for a message that is being stored. */
const storingMs = 2_000;

export function createSends({ lanes, stopped }: { lanes: Pick<Lanes, 'of' | 'tell'>; stopped: AbortSignal }): Sends {
  let queued = 0;
  const byKey = new Map<string, { requestDigest: string; item: Promise<OutboundItem> }>();
  /** Those that are in a lane, and since when. */
  const inLanes = new Map<OutboundItem, number>();

  return {
    enter({ idempotencyKey, requestDigest, ticket }, ready) {
      queued += 1;
      const item = ready().then((send) => {
        // Its caller was told that it was not and will not be sent.
        if (ticket?.abandoned === true) throw mailboxError('NOT_SENT');
        stopped.throwIfAborted();
        inLanes.set(send.item, performance.now());
        lanes.of(send.conversation).add(send.item);
        return send.item;
      });
      if (idempotencyKey !== null) byKey.set(idempotencyKey, { requestDigest, item });
      const leave = () => {
        queued -= 1;
        if (idempotencyKey !== null) byKey.delete(idempotencyKey);
      };
      const untilSettled = async () => {
        const entered = await item;
        await entered.settled;
        inLanes.delete(entered);
      };
      untilSettled().then(leave, leave);
      return item;
    },
    underKey: (key) => byKey.get(key),
    queued: () => queued,
    counts() {
      const unsettled = [...inLanes].filter(([item]) => item.messageId !== null);
      const since = unsettled[0]?.[1];
      const oldestUnsettledMs = since === undefined ? null : Math.round(performance.now() - since);
      return { queued, unsettled: unsettled.length, oldestUnsettledMs };
    },
    async end(reason) {
      lanes.tell();
      const end = (item: OutboundItem) => {
        const isUnknown = item.messageId !== null && reason === undefined;
        item.settle(isUnknown ? { status: 'unknown' } : { status: 'failed', error: reason ?? mailboxError('CLOSED') });
      };
      const items = [...inLanes.keys()];
      const storing = new Set(items.filter((item) => item.isStoring && item.messageId === null));
      for (const item of items) if (!storing.has(item)) end(item);
      // Whether these are stored, and so will be sent, is known in a moment.
      await within(Promise.all([...storing].map((item) => item.stored)), { ms: storingMs });
      for (const item of storing) end(item);
    },
  };
}
