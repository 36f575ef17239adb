/** Stops waiting when `signal` ends, even for a task that does not. */
export async function within<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
  const ended = Promise.withResolvers<never>();
  const end = () => ended.reject(signal.reason);
  signal.addEventListener('abort', end);
  try {
    signal.throwIfAborted();
    return await Promise.race([task(), ended.promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
