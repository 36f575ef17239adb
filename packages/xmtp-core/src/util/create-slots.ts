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
