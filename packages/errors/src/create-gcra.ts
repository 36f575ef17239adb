/** A steady rate, and what may come at once after a rest. */
export interface RateLimit {
  /** What may come at once after a rest. */
  burst: number;
  /** What may come in the long run. */
  perSecond: number;
}

/**
 * The generic cell rate algorithm: a bucket is one number, the theoretical arrival time, in milliseconds.
 * Exact at any rate, unlike a bucket that is rounded when it is read. `0`, or any time gone by, is a full bucket.
 */
export interface Gcra {
  /** The bucket after `cost` was taken at `now`; `null` when there is not enough in it. */
  take(bucket: number, now: number, cost?: number): number | null;
  /** How long until `cost` can be taken, milliseconds; 0 when it can be now. */
  waitMs(bucket: number, now: number, cost?: number): number;
  /** How much is in it at `now`, with fractions. */
  left(bucket: number, now: number): number;
}

/** One bucket algorithm for whatever is limited by rate. */
export function createGcra({ burst, perSecond }: RateLimit): Gcra {
  const intervalMs = 1_000 / perSecond;
  const toleranceMs = intervalMs === 0 ? Infinity : burst * intervalMs;
  const after = (bucket: number, now: number, cost: number) => Math.max(bucket, now) + cost * intervalMs;
  const waitMs = (bucket: number, now: number, cost = 1) => {
    const wait = after(bucket, now, cost) - now - toleranceMs;
    // Sums of fractions of a millisecond may end a hair above the limit they should meet.
    return wait <= 1e-6 ? 0 : wait;
  };
  return {
    left: (bucket, now) =>
      intervalMs === 0 ? Infinity : (toleranceMs - Math.max(0, bucket - now)) / intervalMs + 1e-9,
    waitMs,
    take: (bucket, now, cost = 1) => (waitMs(bucket, now, cost) === 0 ? after(bucket, now, cost) : null),
  };
}
