import { createElapsedClock, isBaseError, timerMs } from '@xmtp-messaging/errors';
import { mailboxError } from '../errors.ts';
import type { Inbox, InboundMessage, MailboxEvent } from '../types.ts';
import { pause } from '../util/pause.ts';
import { untilAborted } from '../util/until-aborted.ts';
import { createSettlement, type Settled } from './create-settlement.ts';
import { readOutcome } from './read-outcome.ts';
import type { Delivery, DeliverOptions, DeliveryHandler, DeliveryOutcome, DeliveryStatus } from './deliver-types.ts';

/** What the loop stands on. */
export interface DeliverContext extends DeliverOptions {
  inbox: Pick<Inbox, 'due' | 'nextDueAt' | 'wakeAll' | 'subscribe' | 'ack' | 'retryLater' | 'postpone' | 'bury'>;
  onEvent: (event: MailboxEvent) => void;
  now: () => number;
  random: () => number;
}

const longestSleepMs = 5000;

/**
 * One message of a conversation at a time, in order; conversations side by side. Only the head of a conversation is
 * ever attempted, so what waits behind a slow delivery costs no attempts. All state that matters is in the journal.
 * What waits for a later attempt is tried at once when the agent takes another, when deliveries start, and when asked to.
 */
export function deliverMessages(handler: DeliveryHandler, context: DeliverContext): Delivery {
  const { inbox, onEvent, concurrency = 8, timeoutMs: attemptMs = 3_600_000, now, random } = context;
  const { maxAttempts = 20, retryBaseMs = 1000 } = context;
  const elapsed = createElapsedClock(now);
  const inFlight = new Map<string, Promise<void>>();
  const retries = new Map<string, number>();
  /** Conversations whose attempt ended since the last reading began: what was read of them is out of date. */
  const ended = new Set<string>();
  const settlement = createSettlement({ inbox, onEvent, maxAttempts, retryBaseMs, now, random });
  const aborting = new AbortController();
  let state: DeliveryStatus['state'] = 'running';
  let goneError: DeliveryStatus['lastError'] = null;
  let stopped: Promise<void> | null = null;
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
        ended.clear();
        // Those under way are due as well; twice the limit leaves room for as many others.
        for (const message of await inbox.due({ limit: concurrency * 2 })) {
          if (state !== 'running' || inFlight.size >= concurrency) break;
          const { conversationId } = message;
          if (!inFlight.has(conversationId) && !ended.has(conversationId)) start(message);
        }
      } while (again);
    } catch (error) {
      onEvent({ level: 'error', name: 'delivery-stalled', details: { error: describe(error) } });
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
    const { conversationId, messageId } = message;
    retries.delete(conversationId);
    const work = attempt(message)
      .catch(async (error: unknown) => {
        if (aborting.signal.aborted) return;
        onEvent({ level: 'error', name: 'delivery-broken', details: { messageId, error: describe(error) } });
        // What became of it could not be written down, so it is due still: not at once again.
        await pause(longestSleepMs, aborting.signal);
      })
      .finally(() => {
        inFlight.delete(conversationId);
        ended.add(conversationId);
        void pump();
      });
    inFlight.set(conversationId, work);
  };

  const attempt = async (message: InboundMessage) => {
    const outcome = await offer(message);
    const settled = outcome.kind === 'gone' ? disable(outcome.error) : settlement.settle(message, outcome);
    if (settled?.kind === 'waits') retries.set(message.conversationId, elapsed() + settled.waitMs);
    // The pump runs again when this attempt is over.
    if (settled?.kind === 'delivered') settlement.wakeFailing();
  };

  /** Throws only when the deliveries stop. */
  const offer = async (message: InboundMessage): Promise<DeliveryOutcome> => {
    const signal = Number.isFinite(attemptMs)
      ? AbortSignal.any([aborting.signal, AbortSignal.timeout(timerMs(attemptMs))])
      : aborting.signal;
    try {
      // A handler that does not heed its signal must not hold up the end, nor write to a journal that is closed.
      const work = Promise.resolve().then(() => handler(message, { signal, attempt: message.attempts + 1 }));
      return readOutcome(await untilAborted(work, signal));
    } catch (error) {
      aborting.signal.throwIfAborted();
      if (signal.aborted) return { kind: 'failed', error: `the handler took longer than ${attemptMs} ms` };
      return { kind: 'failed', error: `the handler failed: ${describe(error)}` };
    }
  };

  /** The message stays as it is. */
  const disable = (error: string): Settled | null => {
    if (state === 'running') state = 'disabled';
    goneError = { message: error, at: now() };
    onEvent({ level: 'error', name: 'delivery-disabled', details: { error } });
    return null;
  };

  const retryAll = (why: 'asked' | 'started'): number => {
    const count = inbox.wakeAll();
    if (count > 0) onEvent({ level: 'info', name: 'deliveries-woken', details: { why, count } });
    void pump();
    return count;
  };

  const stop = async (timeoutMs: number) => {
    state = 'stopped';
    unsubscribe();
    clearTimeout(timer);
    const limit = setTimeout(() => aborting.abort(stopping()), timerMs(timeoutMs));
    await Promise.all(inFlight.values());
    clearTimeout(limit);
    context.signal?.removeEventListener('abort', stopNow);
  };
  const stopNow = () => {
    aborting.abort(context.signal?.reason);
    stopped ??= stop(0);
  };

  const unsubscribe = inbox.subscribe(() => void pump());
  context.signal?.addEventListener('abort', stopNow, { once: true });
  if (context.signal?.aborted === true) stopNow();
  else retryAll('started');

  return {
    status: () => ({
      state,
      inFlight: inFlight.size,
      ...settlement.status(),
      ...(state === 'disabled' ? { lastError: goneError } : {}),
    }),
    wake: () => void pump(),
    retry: () => {
      if (state === 'stopped') return 0;
      state = 'running';
      return retryAll('asked');
    },
    stop: async ({ timeoutMs = 5000 } = {}) => {
      if (timeoutMs === 0) aborting.abort(stopping());
      stopped ??= stop(timeoutMs);
      await stopped;
    },
  };
}

/** What a handler meets that goes on after its time. */
const stopping = () => mailboxError('CLOSED', { detail: 'The deliveries were stopped.' });

/** An error of ours says what happened; what another one says may hold the text of a message, or a secret. */
function describe(error: unknown): string {
  if (isBaseError(error)) return error.shortMessage;
  return error instanceof Error ? error.name : typeof error;
}
