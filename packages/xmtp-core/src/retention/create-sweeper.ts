import { pause } from '../util/pause.ts';

/** Removes what is old, again and again, in pieces between which everything else runs. */
export interface Sweeper {
  /** From now on it works by itself: once soon, then every hour or so. */
  start(): void;
  /** A round of its own; resolves when it has ended. Whoever asks meanwhile shares the one under way. */
  now(): Promise<void>;
  /** Ends it and waits for the piece under way. */
  stop(): Promise<void>;
}

/** Of the time in which it works this share is for others. */
const restShare = 4;
const hourMs = 3_600_000;
const firstMs = 10_000;

export function createSweeper(options: {
  /** One round. `rest` is to be awaited after each small piece. */
  sweep: (context: { rest: () => Promise<void>; signal: AbortSignal }) => Promise<void>;
  onFailure: (error: unknown) => void;
  random: () => number;
  /** @default 3_600_000 */
  everyMs?: number | undefined;
  /** Until the first round. @default 10_000 */
  firstAfterMs?: number | undefined;
}): Sweeper {
  const { sweep, onFailure, random, everyMs = hourMs, firstAfterMs = firstMs } = options;
  const stopped = new AbortController();
  const { signal } = stopped;
  let running: Promise<void> = Promise.resolve();
  let current: Promise<void> | undefined;

  const work = async () => {
    let last = performance.now();
    const rest = async () => {
      await pause(Math.min(1_000, Math.max(1, (performance.now() - last) * restShare)), signal);
      last = performance.now();
    };
    try {
      await sweep({ rest, signal });
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  };
  const round = async (): Promise<void> => {
    current ??= work().finally(() => (current = undefined));
    await current;
  };
  const loop = async () => {
    await pause(firstAfterMs * (0.5 + random()), signal);
    while (!signal.aborted) {
      await round();
      await pause(everyMs * (0.9 + random() * 0.2), signal);
    }
  };
  return {
    start() {
      running = loop();
    },
    now: round,
    async stop() {
      stopped.abort();
      await Promise.all([running, current]);
    },
  };
}
