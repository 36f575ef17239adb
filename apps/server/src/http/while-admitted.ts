import type { MiddlewareHandler } from 'hono';
import type { Problem } from './problem.ts';
import type { AppEnv } from './types.ts';

/** What outlives the moment at which its caller was admitted. */
export interface WhileAdmittedOptions {
  /** Why the caller would get no answer now, or `null`. Cheap. */
  check: (context: Parameters<MiddlewareHandler<AppEnv>>[0]) => Problem | null;
  /** How it is said. */
  refuse: (problem: Problem, requestId: string) => Response;
  /** Between two looks at the caller of a quiet stream, milliseconds. @default 2_000 */
  everyMs?: number | undefined;
  /** Milliseconds that only grow. */
  elapsed: () => number;
}

/** An answer that took no longer than this is one of the moment, milliseconds. */
const moment = 1000;

/**
 * A token that is not valid any more ends what it opened: a stream at its next piece, or at the next look; and who waited
 * reads nothing. Else whoever stole one would hear all that comes, for as long as they hold the line.
 */
export function whileAdmitted(options: WhileAdmittedOptions): MiddlewareHandler<AppEnv> {
  const { check, refuse, elapsed, everyMs = 2000 } = options;
  return async (context, next) => {
    const kind = context.get('caller')?.kind;
    // Who shows no token has none that could be revoked.
    if (kind === undefined || kind === 'local') return next();
    const began = elapsed();
    await next();
    const { res } = context;
    if (res.body === null) return;
    if (res.headers.get('content-type')?.startsWith('text/event-stream') === true) {
      context.res = new Response(endsWith(res.body, { isOver: () => check(context) !== null, everyMs }), res);
      return;
    }
    // What was done is told all the same.
    if (context.req.method !== 'GET' || elapsed() - began < moment) return;
    const problem = check(context);
    if (problem === null) return;
    await res.body.cancel();
    context.res = undefined;
    context.res = refuse(problem, context.get('requestId'));
  };
}

function endsWith(
  source: ReadableStream<Uint8Array>,
  { isOver, everyMs }: { isOver: () => boolean; everyMs: number },
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const close = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    clearInterval(timer);
    if (isClosed) return;
    isClosed = true;
    controller.close();
    void reader.cancel().catch(() => {});
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        timer = setInterval(() => {
          if (isOver()) close(controller);
        }, everyMs);
        timer.unref();
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done || isOver()) close(controller);
        else if (!isClosed) controller.enqueue(value);
      },
      async cancel(reason) {
        isClosed = true;
        clearInterval(timer);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
