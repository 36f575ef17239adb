import type { IncomingMessage } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import { decodeBody } from './decode-body.ts';
import { callerGone, type Problem, problemResponse } from './problem.ts';
import type { AppEnv } from './types.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the body once, at most as many bytes as its path may take, as strict UTF-8: a byte that is none would silently become another
 * character of a message. The routes find the text in Hono's cache. (Hono's own limit builds a new `Request`, which
 * fails for bodies without a length unless the globals of the process are replaced.)
 */
export function readBody(limitOf: (path: string) => number): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const { method, path } = context.req;
    if (method === 'GET' || method === 'HEAD') return next();
    const maxBytes = limitOf(path);
    const refuse = (problem: Problem) => problemResponse(problem, context.get('requestId'));
    const tooLarge = { status: 413, code: 'BODY_TOO_LARGE', detail: `The body is over ${maxBytes} bytes.` };
    if (Number(context.req.header('content-length') ?? 0) > maxBytes) return refuse(tooLarge);
    const incoming = context.env?.incoming;
    // From the socket itself: a web stream around it costs more than all the rest of a request.
    const body = await (incoming !== undefined && 'complete' in incoming
      ? fromSocket(incoming, maxBytes)
      : fromStream(context.req.raw.body, maxBytes));
    if (body === 'gone') return refuse(callerGone);
    if (body === 'too large') return refuse(tooLarge);
    if (body.length === 0) return next();
    const plain = await decodeBody(body, context.req.header('content-encoding'), maxBytes);
    if (!(plain instanceof Uint8Array)) return refuse(plain);
    try {
      // Hono keeps promises there, whatever the type says.
      context.req.bodyCache.text = Promise.resolve(utf8.decode(plain)) as unknown as string;
    } catch {
      return refuse({ status: 400, code: 'BAD_JSON', detail: 'The body is not valid UTF-8.' });
    }
    return next();
  };
}

/** The bytes, or why there are none. */
type Body = Uint8Array | 'too large' | 'gone';

/** What is over the limit stays unread. */
function fromSocket(incoming: IncomingMessage, maxBytes: number): Promise<Body> {
  return new Promise((resolve) => {
    // It may have closed before anybody listened.
    if (incoming.destroyed) resolve('gone');
    const chunks: Uint8Array[] = [];
    let size = 0;
    const onData = (chunk: Uint8Array) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      incoming.off('data', onData).pause();
      resolve('too large');
    };
    const onGone = () => resolve('gone');
    incoming
      .on('data', onData)
      .once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
      .once('error', onGone)
      .once('close', onGone);
  });
}

/** The same for a request that came through no socket. */
async function fromStream(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return 'too large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
