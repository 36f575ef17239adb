/**
 * Runs work by key: at most one run of a key at a time, at most one more waiting, `limit` runs in all.
 * Whoever asks while a run is under way gets the next one, which sees everything that the asker saw.
 */
export function createCoalescer(limit: number): {
  run(key: string, work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
} {
  const next = new Map<string, { promise: Promise<void>; work: () => Promise<void> }>();
  const active = new Map<string, Promise<void>>();
  const slots = createSlots(limit);

  const start = (key: string, work: () => Promise<void>): Promise<void> => {
    const promise = slots.run(work).finally(() => active.delete(key));
    active.set(key, promise);
    return promise;
  };
  return {
    run(key, work) {
      const current = active.get(key);
      if (current === undefined) return start(key, work);
      const waiting = next.get(key);
      if (waiting !== undefined) {
        waiting.work = work;
        return waiting.promise;
      }
      const entry = { work, promise: Promise.resolve() };
      entry.promise = current
        .catch(() => undefined)
        .then(() => {
          next.delete(key);
          return start(key, entry.work);
        });
      next.set(key, entry);
      return entry.promise;
    },
    async idle() {
      while (active.size + next.size > 0) {
        await Promise.allSettled([...active.values(), ...[...next.values()].map((entry) => entry.promise)]);
      }
    },
  };
}

/** At most `limit` at a time, first come first served. */
export function createSlots(limit: number): { run<T>(work: () => Promise<T>): Promise<T> } {
  let free = limit;
  const waiting: (() => void)[] = [];
  const release = () => {
    const following = waiting.shift();
    if (following === undefined) free += 1;
    else following();
  };
  return {
    async run(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
