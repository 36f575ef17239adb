import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until it is so. Throws after `limitMs`, and when `signal` aborts. An error counts as "not yet". */
export async function until(
  isSo: () => Promise<boolean>,
  options: { what: string; limitMs: number; signal: AbortSignal },
): Promise<void> {
  const { what, limitMs, signal } = options;
  const end = performance.now() + limitMs;
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > end) throw new Error(`Waited ${limitMs / 1_000} s in vain: ${what}.`);
    await delay(100, undefined, { signal });
  }
}
