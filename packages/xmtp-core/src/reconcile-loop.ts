import { late, pause, within } from './util/timing.ts';

/** Runs reconcile again and again: soon after something was missed, seldom while the bell rings or nothing happens. */
export interface ReconcileLoop {
  /** Resolves when an attempt that began after this call has ended; never rejects. */
  now(): Promise<void>;
  /** Milliseconds until the next attempt is due after the last. */
  intervalMs(): number;
  /** Ends the loop and waits for the attempt under way, at most `ms`. */
  stop(ms: number): Promise<void>;
}

export interface ReconcileLoopOptions {
  /** One attempt. `news`: whether it found what should have been heard of before. */
  attempt: () => Promise<{ news: boolean }>;
  isBellUp: () => boolean;
  onSuccess: () => void;
  onFailure: (error: unknown) => void;
  random: () => number;
  /** Between attempts while the bell is up. */
  withBellMs: number;
  /** An attempt that takes longer counts as failed; it goes on, and no other starts beside it. @default 30_000 */
  timeoutMs?: number | undefined;
}

/** Nothing of the SDK is known to take this long; an attempt that does is left to itself. */
const giveUpMs = 300_000;
const fastestMs = 2_000;
const slowestMs = 10_000;

export function createReconcileLoop(options: ReconcileLoopOptions): ReconcileLoop {
  const { attempt, isBellUp, onSuccess, onFailure, random, withBellMs, timeoutMs = 30_000 } = options;
  const stopped = new AbortController();
  let quietMs = fastestMs;
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let wake = new AbortController();

  const intervalMs = () => (isBellUp() ? withBellMs : quietMs);

  const run = async () => {
    const work = (async () => {
      try {
        const { news } = await attempt();
        quietMs = news ? fastestMs : Math.min(slowestMs, quietMs * 1.5);
        onSuccess();
      } catch (error) {
        quietMs = fastestMs;
        onFailure(error);
      }
    })();
    if ((await within(work, timeoutMs)) === late) {
      onFailure(new Error(`The sync has not ended after ${timeoutMs} ms.`));
      await within(work, giveUpMs);
    }
  };

  const start = (): Promise<void> => {
    if (stopped.signal.aborted) return Promise.resolve();
    current = run().finally(() => {
      current = undefined;
      wake.abort();
      wake = new AbortController();
    });
    return current;
  };
  const now = (): Promise<void> => {
    if (current === undefined) return start();
    next ??= current.then(() => {
      next = undefined;
      return start();
    });
    return next;
  };

  const loop = async () => {
    while (!stopped.signal.aborted) {
      const due = intervalMs() * (0.9 + random() * 0.2);
      const woken = wake.signal;
      await pause(due, AbortSignal.any([stopped.signal, woken]));
      // Somebody else's attempt counts: wait anew after it.
      if (!woken.aborted) await now();
    }
  };
  void loop();

  return {
    now,
    intervalMs,
    async stop(ms) {
      stopped.abort();
      if (current !== undefined) await within(current, ms);
    },
  };
}
