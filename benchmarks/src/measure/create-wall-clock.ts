// `performance.timeOrigin` differs from the system's clock by up to a millisecond and by whatever NTP did since the
// start; processes that compare times need one clock. A tick of `Date.now` shows where it stands to the microsecond.
function offset(): number {
  const start = Date.now();
  let tick = start;
  while (tick === start) tick = Date.now();
  return tick - performance.now();
}

/** A clock that agrees between processes of one machine, in milliseconds since the epoch with microseconds behind the point. */
export function createWallClock(): () => number {
  const base = Math.min(offset(), offset(), offset());
  return () => base + performance.now();
}
