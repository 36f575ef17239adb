import { MailboxError } from './errors.ts';
import { pause } from './util/pause.ts';
import { late, within } from './util/within.ts';

/** Runs reconcile again and again: soon after something was missed, seldom while the bell rings or nothing happens. */
export interface ReconcileLoop {
  /** From now on attempts come by themselves. */
  start(): void;
  /** Resolves when an attempt that began after this call has ended; never rejects. */
  now(): Promise<void>;
  /** Something is known to have been missed: the next attempt comes soon and does not wait for others. */
  missed: () => void;
  /** Milliseconds until the next attempt is due after the last. */
  intervalMs(): number;
  /** Ends the loop and waits for the attempt under way, at most `ms`. */
  stop(ms: number): Promise<void>;
}

export interface ReconcileLoopOptions {
  /**
   * One attempt. `urgent`: something is known to be missing, or nothing rings.
   * `news`: whether it found what should have been heard of before. `complete`: nothing was left undone. @default true
   */
  attempt: (options: { urgent: boolean }) => Promise<{ news: boolean; complete?: boolean | undefined }>;
  /** Resolves when an attempt that is not urgent may ask the network. @default at once */
  beat?: ((signal: AbortSignal) => Promise<void>) | undefined;
  isBellUp: () => boolean;
  onSuccess: () => void;
  onFailure: (error: unknown) => void;
  random: () => number;
  /** Between attempts while the bell is up. */
  withBellMs: number;
  /** An attempt that takes longer counts as failed; it goes on, and no other starts beside it. @default 30_000 */
  timeoutMs?: number | undefined;
  /** The shortest wait when something is missing. @default 2_000 */
  fastestMs?: number | undefined;
}

/** Nothing of the SDK is known to take this long; an attempt that does is left to itself. */
const giveUpMs = 300_000;
/** What is not urgent waits at most about so long for its beat. */
const longestBeatMs = 1_200_000;
const slowestMs = 10_000;

export function createReconcileLoop(options: ReconcileLoopOptions): ReconcileLoop {
  const { attempt, isBellUp, onSuccess, onFailure, random, withBellMs, timeoutMs = 30_000 } = options;
  const { fastestMs = 2_000, beat = () => Promise.resolve() } = options;
  const stopped = new AbortController();
  let quietMs = fastestMs;
  /** Nothing has been asked yet, an attempt failed, or a ring was not followed. */
  let behind = true;
  let isWaiting = false;
  /** While no call is allowed. */
  let heldMs = 0;
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let wake = new AbortController();

  const isUrgent = () => behind || !isBellUp();
  const intervalMs = () => {
    if (isUrgent()) return Math.max(heldMs, quietMs);
    return isWaiting ? Math.max(heldMs, withBellMs, longestBeatMs) : Math.max(heldMs, withBellMs);
  };

  const run = async () => {
    const work = (async () => {
      try {
        const urgent = isUrgent();
        behind = false;
        const { news, complete = true } = await attempt({ urgent });
        if (!complete) behind = true;
        heldMs = 0;
        quietMs = news ? fastestMs : Math.min(slowestMs, quietMs * 1.5);
        onSuccess();
      } catch (error) {
        quietMs = fastestMs;
        behind = true;
        heldMs = (error instanceof MailboxError ? error.retryAfterMs : null) ?? 0;
        onFailure(error);
      }
    })();
    if ((await within(work, { ms: timeoutMs })) === late) {
      onFailure(new Error(`The sync has not ended after ${timeoutMs} ms.`));
      await within(work, { ms: giveUpMs });
    }
  };

  const begin = (): Promise<void> => {
    if (stopped.signal.aborted) return Promise.resolve();
    current = run().finally(() => {
      current = undefined;
      wake.abort();
      wake = new AbortController();
    });
    return current;
  };
  const now = (): Promise<void> => {
    if (current === undefined) return begin();
    next ??= current.then(() => {
      next = undefined;
      return begin();
    });
    return next;
  };

  const loop = async () => {
    while (!stopped.signal.aborted) {
      const due = intervalMs() * (0.9 + random() * 0.2);
      const woken = wake.signal;
      const ended = AbortSignal.any([stopped.signal, woken]);
      await pause(due, ended);
      if (!isUrgent() && !ended.aborted) {
        isWaiting = true;
        await beat(ended);
        isWaiting = false;
      }
      // Somebody else's attempt counts: wait anew after it.
      if (!woken.aborted) await now();
    }
  };
  return {
    start: () => void loop(),
    now,
    missed: () => {
      if (behind) return;
      behind = true;
      quietMs = fastestMs;
      wake.abort();
      wake = new AbortController();
    },
    intervalMs,
    async stop(ms) {
      stopped.abort();
      if (current !== undefined) await within(current, { ms });
    },
  };
}
