/** What must be undone, in reverse order. */
export interface Cleanups {
  add(cleanup: () => Promise<unknown>): void;
  /** Undoes everything; a failure does not keep the rest from being undone. */
  run(): Promise<void>;
}

export function createCleanups(): Cleanups {
  const pending: (() => Promise<unknown>)[] = [];
  return {
    add: (cleanup) => void pending.push(cleanup),
    async run() {
      const failures: unknown[] = [];
      for (let cleanup = pending.pop(); cleanup !== undefined; cleanup = pending.pop()) {
        await cleanup().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
