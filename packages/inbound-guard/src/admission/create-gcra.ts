import type { RateLimit } from './admission-limits.ts';

/**
 * The generic cell rate algorithm: a bucket is one number, the theoretical arrival time, in milliseconds.
 * Exact at any rate, unlike a bucket that is rounded when it is read. `0`, or any time gone by, is a full bucket.
 */
export interface Gcra {
  /** The bucket after `cost` was taken at `now`; `null` when there is not enough in it. */
  take(bucket: number, now: number, cost?: number): number | null;
  /** How much is in it at `now`, with fractions. */
  left(bucket: number, now: number): number;
}

export function createGcra({ burst, perSecond }: RateLimit): Gcra {
  const intervalMs = 1_000 / perSecond;
  const toleranceMs = intervalMs === 0 ? Infinity : burst * intervalMs;
  return {
    left: (bucket, now) =>
      intervalMs === 0 ? Infinity : (toleranceMs - Math.max(0, bucket - now)) / intervalMs + 1e-9,
    take(bucket, now, cost = 1) {
      const next = Math.max(bucket, now) + cost * intervalMs;
      // Sums of fractions of a millisecond may end a hair above the limit they should meet.
      return next - now <= toleranceMs + 1e-6 ? next : null;
    },
  };
}
