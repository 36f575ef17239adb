import PQueue from 'p-queue';
import type { LookupOptions, Resolve } from './create-resolve.ts';
import { asResolveError, gaveUp } from './lookup-errors.ts';
import { atLeast, count } from './options.ts';
import type { TimeSource } from './process-time.ts';
import type { ResolveError } from './errors.ts';
import type { Resolution } from './types.ts';

/** How a batch behaves. */
export interface ResolveManyOptions {
  /** Ends the batch; answers found so far stay in the cache. @default none */
  signal?: AbortSignal | undefined;
  /** Do not use the cache. @default false */
  fresh?: boolean | undefined;
  /** Names looked up at once. @default 4 */
  concurrency?: number | undefined;
  /** Milliseconds for the whole batch. Names not done by then get TIMEOUT, or RATE_LIMITED when their source has no room before. @default 300_000 */
  timeoutMs?: number | undefined;
}

/** What became of one input. */
export type BatchResult =
  | { readonly ok: true; readonly input: string; readonly resolution: Resolution }
  | { readonly ok: false; readonly input: string; readonly error: ResolveError };

/** Wait before a name is tried again when its source did not say how long. */
const defaultWaitMs = 1_000;

/**
 * Resolves names side by side, in the order given. A name that a source has no room for (RATE_LIMITED) waits its
 * turn and is tried again until the time of the batch is up; every other failure is final.
 * @throws ResolveError ABORTED
 */
export async function resolveMany(
  resolve: Resolve['resolve'],
  names: readonly string[],
  options: ResolveManyOptions,
  { random, time }: { random: () => number; time: TimeSource },
): Promise<BatchResult[]> {
  const { signal, fresh, timeoutMs = 300_000 } = options;
  const queue = new PQueue({ concurrency: count('concurrency', options.concurrency ?? 4) });
  const deadline = time.elapsed() + atLeast(1, 'timeoutMs', timeoutMs);

  async function settle(input: string): Promise<BatchResult> {
    for (;;) {
      const left = deadline - time.elapsed();
      if (left <= 0) return { ok: false, input, error: gaveUp(input, 'timeout', timeoutMs) };
      try {
        const lookup: LookupOptions = { signal, fresh, timeoutMs: Math.min(30_000, left) };
        return { ok: true, input, resolution: await resolve(input, lookup) };
      } catch (cause) {
        const error = asResolveError(cause, input);
        if (error.code === 'ABORTED') throw error;
        const waitMs = (error.retryAfterMs ?? defaultWaitMs) * (1 + random() / 4);
        if (error.code !== 'RATE_LIMITED' || waitMs >= deadline - time.elapsed()) return { ok: false, input, error };
        await time.wait(waitMs, signal).catch(() => {
          throw gaveUp(input, 'aborted', 0);
        });
      }
    }
  }

  try {
    return await Promise.all(names.map((name) => queue.add(() => settle(name))));
  } catch (cause) {
    queue.clear();
    throw cause;
  }
}
