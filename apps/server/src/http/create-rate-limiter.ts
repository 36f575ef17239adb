import { createElapsedClock, createGcra, wallClock } from '@xmtp-messaging/errors';

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

/** Per caller one number, the time at which its allowance will be whole again. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { perMinute, burst, maxCallers = 10_000, now = wallClock } = options;
  const elapsed = createElapsedClock(now);
  const gcra = createGcra({ burst, perSecond: perMinute / 60 });
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
      const wholeAt = wholeAgainAt.get(slot) ?? 0;
      const next = gcra.take(wholeAt, time);
      if (next === null) return gcra.waitMs(wholeAt, time);
      wholeAgainAt.set(slot, next);
      return 0;
    },
  };
}
