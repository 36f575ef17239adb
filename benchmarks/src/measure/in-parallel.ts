/**
 * Calls `job` `count` times from `callers` callers, each of which waits for its own call before the next.
 * Stops handing out work at the first failure and throws it.
 */
export async function inParallel(
  callers: number,
  count: number,
  job: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      try {
        await job(index);
      } catch (error) {
        next = count;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(callers, count) }, caller));
}
