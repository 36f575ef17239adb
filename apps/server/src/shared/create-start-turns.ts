import { setTimeout as delay } from 'node:timers/promises';
import PQueue from 'p-queue';

/** How attempts take turns. */
export interface StartTurnsOptions {
  /** Attempts side by side. */
  atOnce: number;
  /** After so long an attempt goes on without its turn, and the next one begins: one that hangs holds nobody up. Milliseconds. @default 10_000 */
  turnMs?: number | undefined;
}

/** Runs the work when it is its turn. Resolves and rejects as the work does, or with the reason of the signal. */
export type StartTurns = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export function createStartTurns({ atOnce, turnMs = 10_000 }: StartTurnsOptions): StartTurns {
  const queue = new PQueue({ concurrency: atOnce });
  return async (work, signal) => {
    let working: ReturnType<typeof work> | undefined;
    await queue.add(
      async () => {
        working = work();
        const over = new AbortController();
        const limit = delay(turnMs, undefined, { signal: over.signal }).catch(() => {});
        await Promise.race([working.catch(() => {}), limit]);
        over.abort();
      },
      { signal },
    );
    return await working!;
  };
}
