/**
 * Milliseconds since the epoch, as the wall clock of the machine says: for time stamps that others read or compare.
 * It may be set at any moment, forwards and backwards (NTP, a resumed VM), so nothing may wait, limit or expire by it.
 * The only reading of the wall clock in the house.
 */
export function wallClock(): number {
  return Date.now();
}

/**
 * Milliseconds since some moment in the past, for whatever limits, waits, retries or expires.
 * By default the monotonic clock of the process, which nobody can set. Of any other clock, such as one that a test
 * moves, only what goes forward counts: when it is set back, time stands still once.
 * @param now Milliseconds. @default wallClock
 */
export function createElapsedClock(now: () => number = wallClock): () => number {
  if (now === wallClock || now === Date.now) return () => performance.now();
  let last = now();
  let elapsed = 0;
  return () => {
    const time = now();
    // A clock that answers no number is a clock that stands still.
    if (time > last) elapsed += time - last;
    if (!Number.isNaN(time)) last = time;
    return elapsed;
  };
}

/**
 * Milliseconds since the epoch by the wall clock of this moment, moved on by time that passes: for due times that
 * are kept with others of the same process. It does not follow when the wall clock is set, so it is no time stamp.
 * @param now Milliseconds since the epoch. @default wallClock
 */
export function createSteadyClock(now: () => number = wallClock): () => number {
  const elapsed = createElapsedClock(now);
  const start = now() - elapsed();
  return () => Math.floor(start + elapsed());
}
