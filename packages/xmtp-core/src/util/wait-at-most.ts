/** What `work` resolves to, or `null` after `ms`. Rejects with the signal's reason when it aborts first. */
export async function waitAtMost<T>(work: Promise<T>, ms: number, signal?: AbortSignal): Promise<T | null> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  const abort = () => reject(signal?.reason as Error);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    work.catch(() => undefined);
    promise.catch(() => undefined);
  }
}
