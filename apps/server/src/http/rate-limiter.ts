import { createElapsedClock, wallClock } from '@xmtp-messaging/errors';

/** How much a caller may ask. */
export interface RateLimiterOptions {
  /** Steady rate. */
  perMinute: number;
  /** What may come at once after a rest. */
  burst: number;
  /** Callers remembered; further ones share one allowance. @default 10_000 */
  maxCallers?: number | undefined;
  /** @default the wall clock */
  now?: (() => number) | undefined;
}

/** Counts requests. */
export interface RateLimiter {
  /** 0 when the request is fine and counted, else how long to wait, milliseconds; a refused one is not counted. */
  take(caller: string): number;
}

/** GCRA: per caller one number, the time at which its allowance will be whole again. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { perMinute, burst, maxCallers = 10_000, now = wallClock } = options;
  const elapsed = createElapsedClock(now);
  const interval = 60_000 / perMinute;
  const wholeAgainAt = new Map<string, number>();

  const slotFor = (caller: string, time: number) => {
    if (wholeAgainAt.has(caller) || wholeAgainAt.size < maxCallers) return caller;
    // Whoever is whole again needs no memory.
    for (const [known, wholeAt] of wholeAgainAt) if (wholeAt <= time) wholeAgainAt.delete(known);
    return wholeAgainAt.size < maxCallers ? caller : '';
  };

  return {
    take: (caller) => {
      const time = elapsed();
      const slot = slotFor(caller, time);
      const wholeAt = Math.max(wholeAgainAt.get(slot) ?? time, time) + interval;
      const wait = wholeAt - burst * interval - time;
      if (wait > 0) return wait;
      wholeAgainAt.set(slot, wholeAt);
      return 0;
    },
  };
}
