import { setTimeout as delay } from 'node:timers/promises';
import { patient } from './patient.ts';

/** How long and how often to look. */
export interface WaitForOptions {
  /** Times `TEST_PATIENCE` of the environment. @default 10_000 */
  timeoutMs?: number | undefined;
  /** @default 20 */
  intervalMs?: number | undefined;
  /** Named in the error when time runs out. @default 'condition' */
  what?: string | undefined;
}

/**
 * Polls `probe` until it returns something truthy, and returns that.
 * Use it to wait for an observable effect; a fixed sleep is a flaky test.
 * @throws Error naming `what` when `timeoutMs` has passed.
 */
export async function waitFor<T>(
  probe: () => T | Promise<T>,
  options: WaitForOptions = {},
): Promise<Exclude<T, undefined | null | false>> {
  const { intervalMs = 20, what = 'condition' } = options;
  const timeoutMs = patient(options.timeoutMs ?? 10_000);
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) {
      return value as Exclude<T, undefined | null | false>;
    }
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await delay(intervalMs);
  }
}
