/** Where time comes from for whoever waits. */
export interface TimeSource {
  /** Milliseconds since some moment in the past. */
  readonly elapsed: () => number;
  /** @throws the signal's reason */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** The time of this process. (No `node:timers`: it runs in browsers, too.) */
export const processTime: TimeSource = {
  elapsed: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};
