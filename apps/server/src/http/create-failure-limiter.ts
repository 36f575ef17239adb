import { createElapsedClock } from '@xmtp-messaging/errors';

/** How many failures are fine. */
export interface FailureLimiterOptions {
  /** Failures of one caller that cost it nothing. */
  free: number;
  /** The pause after the next one; doubled for each further one, milliseconds. @default 1_000 */
  baseMs?: number | undefined;
  /** The longest pause, and after how much silence all is forgotten, milliseconds. @default 900_000 */
  maxMs?: number | undefined;
  /** Callers remembered; further ones share one allowance. @default 10_000 */
  maxCallers?: number | undefined;
  /** @default the wall clock */
  now?: (() => number) | undefined;
}

/** Slows down whoever guesses. It only ever hears of failures, so nobody who knows the secret can be held up by it. */
export interface FailureLimiter {
  /** Counts a failure. Returns 0, or how long the caller should pause, milliseconds; one that does not pause waits no longer for it. */
  fail(caller: string): number;
}

export function createFailureLimiter(options: FailureLimiterOptions): FailureLimiter {
  const { free, baseMs = 1000, maxMs = 900_000, maxCallers = 10_000 } = options;
  const elapsed = createElapsedClock(options.now);
  const callers = new Map<string, { failures: number; until: number; forgetAt: number }>();

  const slotFor = (caller: string, time: number) => {
    if (callers.has(caller) || callers.size < maxCallers) return caller;
    for (const [known, { forgetAt }] of callers) if (forgetAt <= time) callers.delete(known);
    return callers.size < maxCallers ? caller : '';
  };

  return {
    fail(caller) {
      const time = elapsed();
      const slot = slotFor(caller, time);
      const known = callers.get(slot);
      if (known !== undefined && known.until > time) return known.until - time;
      const failures = known === undefined || known.forgetAt <= time ? 1 : known.failures + 1;
      const pause = failures <= free ? 0 : Math.min(maxMs, baseMs * 2 ** Math.min(failures - free - 1, 30));
      callers.set(slot, { failures, until: time + pause, forgetAt: time + pause + maxMs });
      return pause;
    },
  };
}
