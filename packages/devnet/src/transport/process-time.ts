import { setTimeout as delay } from 'node:timers/promises';

/** What a fault that takes time is told by. */
export interface TransportTime {
  /** Milliseconds of a clock that nobody can set. */
  now(): number;
  /** Resolves after so many milliseconds. @throws when the signal is aborted */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

export const processTime: TransportTime = {
  now: () => performance.now(),
  pause: (ms, signal) => delay(ms, undefined, { signal }),
};
