import { setTimeout as delay } from 'node:timers/promises';

/** Where time comes from for whoever waits. */
export interface TimeSource {
  /** Milliseconds since some moment in the past. */
  readonly elapsed: () => number;
  /** @throws the signal's abort error */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** The time of this process. */
export const processTime: TimeSource = {
  elapsed: () => performance.now(),
  wait: (ms, signal) => delay(ms, undefined, { signal }),
};
