import { createElapsedClock } from '@xmtp-messaging/errors';
import type { InboundMessage, Inbox } from '@xmtp-messaging/xmtp-core';
import type { MessageView } from '../agent/message-view.ts';
import type { LoopGuard } from './loop-guard.ts';
import { createSettlement, type Settled, type SettlementOptions } from './settle-message.ts';
import type { Channel, DeliveryOutcome } from './types.ts';

/** What the worker needs. */
export interface DeliveryWorkerOptions extends SettlementOptions {
  inbox: SettlementOptions['inbox'] & Pick<Inbox, 'due' | 'nextDueAt' | 'wakeAll' | 'subscribe'>;
  channel: Channel;
  view: MessageView;
  loopGuard: Pick<LoopGuard, 'check' | 'heard' | 'forgive' | 'state'>;
  /** Conversations served side by side. */
  concurrency: number;
}

/** Where deliveries stand. */
export interface DeliveryState {
  channel: 'webhook' | 'rest-ap';
  /** `disabled`: the agent answered 410 and is left alone until `retry`, or until the server starts again. */
  state: 'running' | 'disabled' | 'stopped';
  inFlight: number;
  /** Conversations whose oldest message failed and waits for another attempt. */
  failing: number;
  /** Conversations that the loop guard makes wait. */
  heldBack: number;
  lastError: { message: string; at: number } | null;
  lastDeliveredAt: number | null;
}

/** Pushes accepted messages to the agent. */
export interface DeliveryWorker {
  state(): DeliveryState;
  /** Looks for work now. */
  wake(): void;
  /** Tries everything that waits for a later attempt now, also after a 410. Returns how many messages that are. */
  retry(): number;
  /** Lets what is under way finish within `timeoutMs`, then breaks it off; those messages stay pending. */
  stop(options: { timeoutMs: number }): Promise<void>;
}

const longestSleepMs = 5000;

/**
 * One message of a conversation at a time, in order; conversations side by side. Only the head of a conversation is
 * ever attempted, so what waits behind a slow delivery costs no attempts. All state that matters is in the journal.
 * What waits for a later attempt is tried at once when the agent takes another, when the server starts, and when asked to.
 */
export function createDeliveryWorker(options: DeliveryWorkerOptions): DeliveryWorker {
  const { inbox, channel, logger, metrics, concurrency, now } = options;
  const elapsed = createElapsedClock(now);
  const inFlight = new Map<string, Promise<void>>();
  const retries = new Map<string, number>();
  const settlement = createSettlement(options);
  const aborting = new AbortController();
  let state: DeliveryState['state'] = 'running';
  let goneError: DeliveryState['lastError'] = null;
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
    const { conversationId } = message;
    const settled = settlement.holdBack(message) ?? (await offer(message, signal));
    if (settled?.kind === 'waits') retries.set(conversationId, elapsed() + settled.waitMs);
    // The pump runs again when this attempt is over.
    if (settled?.kind === 'delivered') settlement.wakeFailing();
  };

  /** `null` when the agent wants nothing more: the message stays as it is. */
  const offer = async (message: InboundMessage, signal: AbortSignal): Promise<Settled | null> => {
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
    if (outcome.kind !== 'gone') return await settlement.settle(message, outcome, signal);
    state = 'disabled';
    goneError = { message: outcome.error, at: now() };
    logger.error({ event: 'delivery-disabled', error: outcome.error });
    return null;
  };

  const retryAll = (why: 'asked' | 'started'): number => {
    const count = inbox.wakeAll();
    if (count > 0) logger.info({ event: 'deliveries-woken', why, count });
    void pump();
    return count;
  };

  const unsubscribe = inbox.subscribe(({ conversationId }) => {
    options.loopGuard.heard(conversationId);
    void pump();
  });
  retryAll('started');

  return {
    state: () => ({
      channel: channel.kind,
      state,
      inFlight: inFlight.size,
      heldBack: options.loopGuard.state().waiting,
      ...settlement.state(),
      ...(state === 'disabled' ? { lastError: goneError } : {}),
    }),
    wake: () => void pump(),
    retry: () => {
      if (state === 'disabled') state = 'running';
      options.loopGuard.forgive();
      return retryAll('asked');
    },
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
