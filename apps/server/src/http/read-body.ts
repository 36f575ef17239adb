import type { MiddlewareHandler } from 'hono';
import { type Problem, problemResponse } from './problem.ts';
import type { AppEnv } from './types.ts';

/**
 * Reads the body once, at most `maxBytes` of it, as strict UTF-8: a byte that is none would silently become another
 * character of a message. The routes find the text in Hono's cache. (Hono's own limit builds a new `Request`, which
 * fails for bodies without a length unless the globals of the process are replaced.)
 */
export function readBody(maxBytes: number): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const stream = context.req.raw.body;
    if (stream === null) return next();
    const refuse = (problem: Problem) => problemResponse(problem, context.get('requestId'));
    const tooLarge = { status: 413, code: 'BODY_TOO_LARGE', detail: `The body is over ${maxBytes} bytes.` };
    if (Number(context.req.header('content-length') ?? 0) > maxBytes) return refuse(tooLarge);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBytes) return refuse(tooLarge);
      chunks.push(chunk);
    }
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
      // Hono keeps promises there, whatever the type says.
      context.req.bodyCache.text = Promise.resolve(text) as unknown as string;
    } catch {
      return refuse({ status: 400, code: 'BAD_JSON', detail: 'The body is not valid UTF-8.' });
    }
    return next();
  };
}
