import type { FloodResult } from './run-flood.ts';

/** Whether a flood did no more than it may. */
export function isKept(result: FloodResult, budget: number): boolean {
  const { readable, readableAfterExpiry, isDenied, listedHeard, listedWrote } = result;
  return readable <= budget && readableAfterExpiry === 0 && isDenied && listedHeard === listedWrote;
}
