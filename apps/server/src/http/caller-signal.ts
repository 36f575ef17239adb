import type { Context } from 'hono';
import type { AppEnv } from './types.ts';

/**
 * Aborts when the caller hangs up before its answer is out. The signal of the request itself aborts with a plain string,
 * which those who throw the reason would throw past every error handler; and asking for it builds a whole `Request`.
 */
export function callerSignal(context: Context<AppEnv>): AbortSignal {
  const gone = new AbortController();
  const abort = () => gone.abort(new DOMException('The caller hung up.', 'AbortError'));
  const outgoing = context.env?.outgoing;
  if (outgoing === undefined) {
    const { signal } = context.req.raw;
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  } else if (outgoing.destroyed) abort();
  else {
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) abort();
    });
  }
  return gone.signal;
}
