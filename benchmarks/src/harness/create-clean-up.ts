/** Ends things in the reverse order of their beginning. */
export interface CleanUp {
  /** What is deferred after the end is ended at once: a start may have been under way. */
  readonly defer: (end: () => Promise<void> | void) => void;
  /** Runs everything even when some of it fails, then throws the first failure. */
  readonly run: () => Promise<void>;
}

export function createCleanUp(): CleanUp {
  const ends: (() => Promise<void> | void)[] = [];
  let over = false;

  const run = async (): Promise<void> => {
    over = true;
    const failures: unknown[] = [];
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };

  return {
    defer(end) {
      ends.push(end);
      // Nobody waits for this one any more, so nobody could handle its failure either.
      if (over) run().catch(() => {});
    },
    run,
  };
}
