/** How many times a second `job` runs when it is called `count` times, one after the other. */
export function ratePerSecond(count: number, job: (index: number) => void): number {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) job(index);
  return (count / (performance.now() - start)) * 1_000;
}
