/** Milliseconds that passed, which never run backwards: when the wall clock is set back, time stands still once. */
export function createElapsedClock(now: () => number): () => number {
  let last = now();
  let elapsed = 0;
  return () => {
    const time = now();
    elapsed += Math.max(0, time - last);
    last = time;
    return elapsed;
  };
}
