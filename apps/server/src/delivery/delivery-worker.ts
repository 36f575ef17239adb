import { createElapsedClock } from '@xmtp-messaging/errors';
import type { InboundMessage, Inbox } from '@xmtp-messaging/xmtp-core';
import type { MessageView } from '../agent/message-view.ts';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { backoffMs } from './backoff.ts';
import type { ReplyOutcome } from './send-reply.ts';
import type { Channel, DeliveryOutcome } from './types.ts';

/** What the worker needs. */
export interface DeliveryWorkerOptions {
  inbox: Pick<Inbox, 'due' | 'nextDueAt' | 'ack' | 'retryLater' | 'bury' | 'subscribe'>;
  channel: Channel;
  view: MessageView;
  reply: (message: InboundMessage, text: string, signal: AbortSignal) => Promise<ReplyOutcome>;
  logger: Logger;
  metrics: Metrics;
  concurrency: number;
  maxAttempts: number;
  /** Milliseconds. */
  retryBaseMs: number;
  now: () => number;
  random: () => number;
}

/** Where deliveries stand. */
export interface DeliveryState {
  channel: 'webhook' | 'rest-ap';
  /** `disabled`: the agent answered 410 and is left alone until the server starts again. */
  state: 'running' | 'disabled' | 'stopped';
  inFlight: number;
  lastError: { message: string; at: number } | null;
  lastDeliveredAt: number | null;
}

/** Pushes accepted messages to the agent. */
export interface DeliveryWorker {
  state(): DeliveryState;
  /** Looks for work now. */
  wake(): void;
  /** Lets what is under way finish within `timeoutMs`, then breaks it off; those messages stay pending. */
  stop(options: { timeoutMs: number }): Promise<void>;
}

const longestSleepMs = 5000;

/**
 * One message of a conversation at a time, in order; conversations side by side. Only the head of a conversation is
 * ever attempted, so what waits behind a slow delivery costs no attempts. All state that matters is in the journal.
 */
export function createDeliveryWorker(options: DeliveryWorkerOptions): DeliveryWorker {
  const { inbox, channel, logger, metrics, concurrency, now } = options;
  const elapsed = createElapsedClock(now);
  const inFlight = new Map<string, Promise<void>>();
  const retries = new Map<string, number>();
  const aborting = new AbortController();
  let state: DeliveryState['state'] = 'running';
  let lastError: DeliveryState['lastError'] = null;
  let lastDeliveredAt: number | null = null;
  let stopped = false;
  let pumping = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const pump = async () => {
    if (pumping) {
      again = true;
      return;
    }
    pumping = true;
    try {
      do {
        again = false;
        if (state !== 'running' || inFlight.size >= concurrency) break;
        // Those under way are due as well; twice the limit leaves room for as many others.
        for (const message of await inbox.due({ limit: concurrency * 2 })) {
          if (state !== 'running' || inFlight.size >= concurrency) break;
          if (!inFlight.has(message.conversationId)) start(message);
        }
      } while (again);
    } catch (error) {
      logger.error({ event: 'delivery-stalled', err: error });
    } finally {
      pumping = false;
    }
    sleep();
  };

  // A due message that is under way hides the time of the next one: then the retries that we set ourselves count.
  const sleep = () => {
    clearTimeout(timer);
    if (state !== 'running') return;
    const wait =
      inFlight.size > 0 ? Math.min(...retries.values()) - elapsed() : (inbox.nextDueAt() ?? Infinity) - now();
    timer = setTimeout(() => void pump(), Math.min(longestSleepMs, Math.max(20, wait)));
    timer.unref();
  };

  const start = (message: InboundMessage) => {
    retries.delete(message.conversationId);
    const work = attempt(message)
      .catch((error: unknown) => {
        if (!aborting.signal.aborted)
          logger.error({ event: 'delivery-broken', messageId: message.messageId, err: error });
      })
      .finally(() => {
        inFlight.delete(message.conversationId);
        void pump();
      });
    inFlight.set(message.conversationId, work);
  };

  const attempt = async (message: InboundMessage) => {
    const { signal } = aborting;
    const startedAt = elapsed();
    let outcome: DeliveryOutcome;
    try {
      outcome = await channel.deliver(options.view(message), { signal, attempt: message.attempts + 1 });
    } catch (error) {
      signal.throwIfAborted();
      logger.error({ event: 'delivery-broken', messageId: message.messageId, err: error });
      outcome = { kind: 'failed', error: 'the delivery failed inside the server' };
    }
    metrics.delivery({ channel: channel.kind, result: outcome.kind, seconds: (elapsed() - startedAt) / 1000 });
    if (outcome.kind === 'delivered') await finish(message, outcome.reply);
    else if (outcome.kind === 'failed') fail(message, outcome.error, outcome.retryAfterMs);
    else disable(outcome.error);
  };

  const finish = async (message: InboundMessage, reply: string | null) => {
    const said = reply === null ? null : await options.reply(message, reply, aborting.signal);
    if (said !== null) metrics.reply(said.kind);
    if (said?.kind === 'failed') {
      fail(message, `its reply was not sent: ${said.error}`, undefined);
      return;
    }
    if (said?.kind === 'impossible') {
      lastError = { message: said.error, at: now() };
      inbox.bury(message.messageId, `delivered, but its reply cannot be sent: ${said.error}`);
      logger.warn({ event: 'reply-impossible', messageId: message.messageId, error: said.error });
      return;
    }
    if (said?.kind === 'held-back')
      logger.warn({ event: 'reply-held-back', messageId: message.messageId, conversationId: message.conversationId });
    lastDeliveredAt = now();
    inbox.ack(message.messageId);
    logger.info({
      event: 'message-delivered',
      messageId: message.messageId,
      attempt: message.attempts + 1,
      reply: said?.kind ?? 'none',
    });
  };

  const fail = (message: InboundMessage, error: string, retryAfterMs: number | undefined) => {
    lastError = { message: error, at: now() };
    const failures = message.attempts + 1;
    const facts = { messageId: message.messageId, attempt: failures, error };
    if (failures >= options.maxAttempts) {
      inbox.bury(message.messageId, error);
      logger.error({ event: 'message-dead', ...facts });
      return;
    }
    const pause = backoffMs(failures, { baseMs: options.retryBaseMs, random: options.random });
    const wait = Math.max(pause, Math.min(retryAfterMs ?? 0, 3_600_000));
    const retryAt = now() + wait;
    inbox.retryLater(message.messageId, { error, retryAt });
    retries.set(message.conversationId, elapsed() + wait);
    logger.warn({ event: 'delivery-failed', ...facts, retryAt });
  };

  const disable = (error: string) => {
    state = 'disabled';
    lastError = { message: error, at: now() };
    logger.error({ event: 'delivery-disabled', error });
  };

  const unsubscribe = inbox.subscribe(() => void pump());
  void pump();

  return {
    state: () => ({ channel: channel.kind, state, inFlight: inFlight.size, lastError, lastDeliveredAt }),
    wake: () => void pump(),
    stop: async ({ timeoutMs }) => {
      if (!stopped) {
        stopped = true;
        if (state === 'running') state = 'stopped';
        unsubscribe();
        clearTimeout(timer);
      }
      const limit = setTimeout(() => aborting.abort(new Error('the server is shutting down')), timeoutMs);
      await Promise.all(inFlight.values());
      clearTimeout(limit);
      channel.close();
    },
  };
}
