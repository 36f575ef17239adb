/** How delays grow. */
export interface BackoffOptions {
  /** Delay after the first failure, milliseconds. */
  baseMs: number;
  /** Longest delay, milliseconds. @default 3_600_000 */
  maxMs?: number | undefined;
  /** @default Math.random */
  random?: (() => number) | undefined;
}

/** Delay after `failures` failures in a row: doubled each time, capped, of which a random half to the whole is used. */
export function backoffMs(failures: number, options: BackoffOptions): number {
  const { baseMs, maxMs = 3_600_000, random = Math.random } = options;
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 40));
  return Math.round(full * (0.5 + random() / 2));
}
