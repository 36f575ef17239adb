/** What must be undone, in reverse order. */
export interface Cleanups {
  /** Undoes it at once when the rest was undone already. */
  add(cleanup: () => Promise<unknown>): Promise<void>;
  /** Undoes everything; a failure does not keep the rest from being undone. */
  run(): Promise<void>;
}

export function createCleanups(): Cleanups {
  const pending: (() => Promise<unknown>)[] = [];
  let over = false;
  return {
    async add(cleanup) {
      if (over) await cleanup();
      else pending.push(cleanup);
    },
    async run() {
      over = true;
      const failures: unknown[] = [];
      for (let cleanup = pending.pop(); cleanup !== undefined; cleanup = pending.pop()) {
        await cleanup().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
