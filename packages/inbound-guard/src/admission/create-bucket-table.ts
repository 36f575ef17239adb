/** Buckets by key, each with the time at which it is full again. A full bucket is the same as none. */
export interface BucketTable<Bucket> {
  get(key: string): Bucket | undefined;
  /** Whether `set` would find room for `key` at `now`. */
  hasRoom(key: string, now: number): boolean;
  set(key: string, bucket: Bucket): void;
  size(): number;
}

/** How many of the longest untouched buckets are looked at when one is added: removal keeps ahead of growth. */
const sweepCount = 4;
const fullSweepCount = 64;

/**
 * A bounded table from which only full buckets are evicted: a sender cannot get rid of a limit by making others come.
 * Buckets stand in the order of their last use, so the first ones are most likely full.
 */
export function createBucketTable<Bucket>(options: {
  capacity: number;
  fullAt: (bucket: Bucket) => number;
}): BucketTable<Bucket> {
  const { capacity, fullAt } = options;
  const buckets = new Map<string, Bucket>();

  const sweep = (now: number, limit: number) => {
    let looked = 0;
    for (const [key, bucket] of buckets) {
      if (looked === limit) return;
      looked += 1;
      if (fullAt(bucket) <= now) buckets.delete(key);
    }
  };

  return {
    get: (key) => buckets.get(key),
    hasRoom(key, now) {
      if (buckets.has(key)) return true;
      sweep(now, buckets.size < capacity ? sweepCount : fullSweepCount);
      return buckets.size < capacity;
    },
    set(key, bucket) {
      buckets.delete(key);
      buckets.set(key, bucket);
    },
    size: () => buckets.size,
  };
}
