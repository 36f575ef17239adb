import type { Inbox, InboundMessage, MailboxEvent } from '../types.ts';
import type { DeliveryOutcome, DeliveryStatus } from './deliver-types.ts';
import { pauseAfter } from './pause-after.ts';

/** What is needed to say what becomes of a message. */
export interface SettlementOptions {
  inbox: Pick<Inbox, 'ack' | 'retryLater' | 'postpone' | 'bury'>;
  onEvent: (event: MailboxEvent) => void;
  maxAttempts: number;
  /** Milliseconds. */
  retryBaseMs: number;
  now: () => number;
  random: () => number;
}

/** An outcome that says something about one message. */
export type MessageOutcome = Exclude<DeliveryOutcome, { kind: 'gone' }>;

/** Where a message goes: it waits for so many milliseconds, or it is done with, one way or the other. */
export type Settled = { kind: 'waits'; waitMs: number } | { kind: 'delivered' } | { kind: 'dead' };

/** Says what becomes of a message after it was offered to the agent, and writes that down. */
export interface Settlement {
  settle(message: InboundMessage, outcome: MessageOutcome): Settled;
  /** The agent is there: what waits for it is due now. Returns how many messages that are. */
  wakeFailing(): number;
  status(): Pick<DeliveryStatus, 'failing' | 'lastError' | 'lastDeliveredAt'>;
}

/** The oldest message of a conversation, whose last attempt failed. */
interface Failing {
  messageId: string;
  error: string;
  failures: number;
  /** Its failures when a success woke it last. */
  wokenAt: number;
  /** A success of others says nothing about a refusal, nor about a pause that the agent asked for. */
  mayWake: boolean;
}

export function createSettlement(options: SettlementOptions): Settlement {
  const { inbox, onEvent, now } = options;
  const failing = new Map<string, Failing>();
  const refusals = new Map<string, number>();
  let lastError: DeliveryStatus['lastError'] = null;
  let lastDeliveredAt: number | null = null;

  const forget = ({ messageId, conversationId }: InboundMessage) => {
    failing.delete(conversationId);
    refusals.delete(messageId);
  };

  const bury = (message: InboundMessage, error: string): Settled => {
    const { messageId, attempts } = message;
    forget(message);
    lastError = { message: error, at: now() };
    inbox.bury(messageId, error);
    onEvent({ level: 'error', name: 'message-dead', details: { messageId, attempt: attempts + 1, error } });
    return { kind: 'dead' };
  };

  const fail = (message: InboundMessage, outcome: Extract<MessageOutcome, { kind: 'failed' | 'refused' }>): Settled => {
    const { messageId, conversationId } = message;
    const { error } = outcome;
    const failures = message.attempts + 1;
    const count = outcome.kind === 'refused' ? (refusals.get(messageId) ?? 0) + 1 : 0;
    const waitMs = pauseAfter({
      failures,
      refusals: outcome.kind === 'refused' ? { count, final: outcome.attempts } : null,
      retryAfterMs: outcome.kind === 'failed' ? outcome.retryAfterMs : undefined,
      maxAttempts: options.maxAttempts,
      baseMs: options.retryBaseMs,
      random: options.random,
    });
    if (waitMs === null) return bury(message, error);
    const before = failing.get(conversationId);
    failing.set(conversationId, {
      messageId,
      error,
      failures,
      wokenAt: before?.messageId === messageId ? before.wokenAt : 0,
      mayWake: outcome.kind === 'failed' && outcome.retryAfterMs === undefined,
    });
    refusals.set(messageId, count);
    lastError = { message: error, at: now() };
    const retryAt = now() + waitMs;
    inbox.retryLater(messageId, { error, retryAt });
    onEvent({ level: 'warn', name: 'delivery-failed', details: { messageId, attempt: failures, error, retryAt } });
    return { kind: 'waits', waitMs };
  };

  const postpone = (messageId: string, reason: string, waitMs: number): Settled => {
    inbox.postpone(messageId, { reason, until: now() + waitMs });
    return { kind: 'waits', waitMs };
  };

  const finish = (message: InboundMessage): Settled => {
    const { messageId, attempts } = message;
    lastDeliveredAt = now();
    inbox.ack(messageId);
    forget(message);
    onEvent({ level: 'info', name: 'message-delivered', details: { messageId, attempt: attempts + 1 } });
    return { kind: 'delivered' };
  };

  // At 1, 2, 4, 8, … failures only: one bad message among many good ones must not be asked for after each of them.
  const wakeFailing = () => {
    const due = [...failing.values()].filter((entry) => entry.mayWake && entry.failures >= entry.wokenAt * 2);
    for (const entry of due) {
      entry.wokenAt = entry.failures;
      inbox.postpone(entry.messageId, { reason: entry.error, until: now() });
    }
    return due.length;
  };

  return {
    wakeFailing,
    settle: (message, outcome) => {
      if (outcome.kind === 'delivered') return finish(message);
      if (outcome.kind === 'dead') return bury(message, outcome.error);
      if (outcome.kind === 'postponed') return postpone(message.messageId, outcome.reason, outcome.waitMs);
      return fail(message, outcome);
    },
    status: () => ({ failing: failing.size, lastError, lastDeliveredAt }),
  };
}
