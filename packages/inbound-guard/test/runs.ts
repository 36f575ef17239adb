/** How many cases a property is tried with: few in the normal run, all of them under FUZZ_RUNS. */
export function runs(normal: number): { numRuns: number } {
  const given = Number(process.env['FUZZ_RUNS']);
  return { numRuns: given > 0 ? given : normal };
}
