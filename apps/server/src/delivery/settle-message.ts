import type { InboundMessage, Inbox } from '@xmtp-messaging/xmtp-core';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import type { LoopGuard } from './loop-guard.ts';
import { pauseAfter } from './retry-policy.ts';
import type { ReplyOutcome } from './send-reply.ts';
import type { DeliveryOutcome } from './types.ts';

/** What is needed to say what becomes of a message. */
export interface SettlementOptions {
  inbox: Pick<Inbox, 'ack' | 'retryLater' | 'postpone' | 'bury'>;
  reply: (message: InboundMessage, text: string, signal: AbortSignal) => Promise<ReplyOutcome>;
  loopGuard: Pick<LoopGuard, 'check'>;
  logger: Logger;
  metrics: Metrics;
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

/** Says what becomes of a message before and after it was offered to the agent, and writes that down. */
export interface Settlement {
  /** `null` when it may be offered; asked first, so that what is held back costs the agent nothing. */
  holdBack(message: InboundMessage): Settled | null;
  settle(message: InboundMessage, outcome: MessageOutcome, signal: AbortSignal): Promise<Settled>;
  /** The agent is there: what waits for it is due now. Returns how many messages that are. */
  wakeFailing(): number;
  state(): {
    failing: number;
    lastError: { message: string; at: number } | null;
    lastDeliveredAt: number | null;
  };
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
  const { inbox, loopGuard, logger, metrics, now } = options;
  const failing = new Map<string, Failing>();
  const refusals = new Map<string, number>();
  let lastError: { message: string; at: number } | null = null;
  let lastDeliveredAt: number | null = null;

  const forget = ({ messageId, conversationId }: InboundMessage) => {
    failing.delete(conversationId);
    refusals.delete(messageId);
  };

  const bury = (message: InboundMessage, error: string): Settled => {
    forget(message);
    lastError = { message: error, at: now() };
    inbox.bury(message.messageId, error);
    logger.error({ event: 'message-dead', messageId: message.messageId, attempt: message.attempts + 1, error });
    return { kind: 'dead' };
  };

  const fail = (message: InboundMessage, outcome: Exclude<MessageOutcome, { kind: 'delivered' }>): Settled => {
    const { messageId, conversationId } = message;
    const { error } = outcome;
    const count = outcome.kind === 'refused' ? (refusals.get(messageId) ?? 0) + 1 : 0;
    const waitMs = pauseAfter({
      failures: message.attempts + 1,
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
      failures: message.attempts + 1,
      wokenAt: before?.messageId === messageId ? before.wokenAt : 0,
      mayWake: outcome.kind === 'failed' && outcome.retryAfterMs === undefined,
    });
    refusals.set(messageId, count);
    lastError = { message: error, at: now() };
    const retryAt = now() + waitMs;
    inbox.retryLater(messageId, { error, retryAt });
    logger.warn({ event: 'delivery-failed', messageId, attempt: message.attempts + 1, error, retryAt });
    return { kind: 'waits', waitMs };
  };

  const finish = async (message: InboundMessage, reply: string | null, signal: AbortSignal): Promise<Settled> => {
    const said = reply === null ? null : await options.reply(message, reply, signal);
    if (said !== null) metrics.reply(said.kind);
    if (said?.kind === 'failed')
      return fail(message, { kind: 'failed', error: `its reply was not sent: ${said.error}` });
    if (said?.kind === 'impossible') return bury(message, `delivered, but its reply cannot be sent: ${said.error}`);
    lastDeliveredAt = now();
    inbox.ack(message.messageId);
    forget(message);
    logger.info({
      event: 'message-delivered',
      messageId: message.messageId,
      attempt: message.attempts + 1,
      reply: said?.kind ?? 'none',
    });
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
    holdBack: (message) => {
      const { messageId, conversationId } = message;
      const verdict = loopGuard.check(message);
      if (verdict.kind === 'go') return null;
      metrics.reply(verdict.kind === 'loop' ? 'loop' : 'held-back');
      logger.warn({ event: 'reply-held-back', messageId, conversationId, verdict: verdict.kind });
      if (verdict.kind === 'loop') return bury(message, verdict.why);
      const reason = 'held back by the loop guard: this conversation has had its answers for now';
      inbox.postpone(messageId, { reason, until: now() + verdict.waitMs });
      return { kind: 'waits', waitMs: verdict.waitMs };
    },
    settle: async (message, outcome, signal) =>
      outcome.kind === 'delivered' ? await finish(message, outcome.reply, signal) : fail(message, outcome),
    state: () => ({ failing: failing.size, lastError, lastDeliveredAt }),
  };
}
