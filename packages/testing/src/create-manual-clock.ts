/** A clock that moves only when told to. */
export interface ManualClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves the clock by `ms`; negative values move it back, as an operator or NTP may. */
  advance(ms: number): void;
}

/** @param start Milliseconds since the epoch. @default 2026-01-01T00:00:00Z */
export function createManualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  let time = start;
  return {
    now: () => time,
    advance: (ms) => {
      time += ms;
    },
  };
}
