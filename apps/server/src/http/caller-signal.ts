import type { Context } from 'hono';
import type { AppEnv } from './types.ts';

/**
 * Aborts when the caller hangs up. The signal of the request itself aborts with a plain string, which those who throw
 * the reason would throw past every error handler.
 */
export function callerSignal(context: Context<AppEnv>): AbortSignal {
  const { signal } = context.req.raw;
  const gone = new AbortController();
  const abort = () => gone.abort(new DOMException('The caller hung up.', 'AbortError'));
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return gone.signal;
}
