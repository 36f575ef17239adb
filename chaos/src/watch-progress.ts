import { setTimeout as delay } from 'node:timers/promises';

/** What is watched. */
export interface WatchOptions {
  /** Grows as long as something moves. */
  progress: () => number;
  /** Milliseconds without progress that are too many. */
  patienceMs: number;
  /** Called the first time, so that the weather may clear. */
  onStall: () => void;
  signal: AbortSignal;
  /** @default 100 */
  everyMs?: number | undefined;
}

/** Resolves when `signal` fires; throws when nothing moves for `patienceMs` although the weather has cleared. */
export async function watchProgress(options: WatchOptions): Promise<void> {
  const { progress, patienceMs, onStall, signal, everyMs = 100 } = options;
  let last = progress();
  let since = performance.now();
  let stalled = false;
  for (;;) {
    await delay(everyMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    if (progress() !== last) {
      last = progress();
      since = performance.now();
    } else if (performance.now() - since > patienceMs) {
      if (stalled) throw new Error(`Nothing was accepted for ${patienceMs / 1_000} s, in fair weather.`);
      stalled = true;
      since = performance.now();
      onStall();
    }
  }
}
