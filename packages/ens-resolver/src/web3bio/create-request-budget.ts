/** Spreads requests over time, first come, first served. */
export interface RequestBudget {
  /**
   * Reserves the next free place.
   * @param patienceMs Longest acceptable wait.
   * @returns `waitMs` until the request may start and `release` to give the place back unused; or `retryAfterMs` when the wait would be longer.
   */
  reserve(patienceMs: number): { ok: true; waitMs: number; release(): void } | { ok: false; retryAfterMs: number };
  /** Starts nothing for `ms`, because the service said so. */
  pause(ms: number): void;
  /** Milliseconds until a pause ends; 0 when there is none. */
  pausedFor(): number;
}

/** At most `requests` starts in any window of `intervalMs`. */
export function createRequestBudget(options: {
  requests: number;
  intervalMs: number;
  /** Milliseconds, from a clock that never runs backwards. */
  now: () => number;
}): RequestBudget {
  const { requests, intervalMs, now } = options;
  const starts: number[] = [];
  let pausedUntil = 0;

  return {
    reserve(patienceMs) {
      const time = now();
      while (starts.length > requests && starts[0]! + intervalMs <= time) starts.shift();
      const oldest = starts.at(-requests);
      const start = Math.max(time, pausedUntil, oldest === undefined ? 0 : oldest + intervalMs, starts.at(-1) ?? 0);
      const waitMs = start - time;
      if (waitMs > patienceMs) return { ok: false, retryAfterMs: waitMs };
      starts.push(start);
      return {
        ok: true,
        waitMs,
        release() {
          const index = starts.lastIndexOf(start);
          if (index !== -1) starts.splice(index, 1);
        },
      };
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, now() + ms);
    },
    pausedFor: () => Math.max(0, pausedUntil - now()),
  };
}
