import { type ClientHttp2Session, connect } from 'node:http2';
import { untilAborted } from '../util/until-aborted.ts';
import { callUnary } from './call-unary.ts';

/** Questions of our own to a node, over one connection that is made when it is needed. */
export interface UnaryClient {
  /** Rejects with the network's words. */
  ask(path: string, request: Uint8Array, timeoutMs?: number): Promise<Buffer>;
  close(): void;
}

const usualMs = 10_000;

/** @param options.appVersion As the network shows it to its operators. */
export function createUnaryClient(url: string, options: { appVersion?: string | undefined } = {}): UnaryClient {
  let current: { session: ClientHttp2Session; ended: AbortSignal } | undefined;
  let asking = 0;

  const drop = (session: ClientHttp2Session) => {
    if (current?.session === session) current = undefined;
    session.destroy();
  };
  const connection = () => {
    if (current !== undefined) return current;
    const session = connect(url);
    // An idle connection keeps no process alive.
    session.unref();
    const ended = new AbortController();
    ended.signal.addEventListener('abort', () => drop(session), { once: true });
    session.on('error', (error) => ended.abort(error));
    session.on('close', () => ended.abort(new Error('The connection was closed.')));
    session.on('goaway', () => {
      if (current?.session === session) current = undefined;
    });
    current = { session, ended: ended.signal };
    return current;
  };

  return {
    async ask(path, request, timeoutMs = usualMs) {
      const { session, ended } = connection();
      asking += 1;
      session.ref();
      try {
        // No race with the end of the connection: that would keep each answer for as long as the connection lasts.
        return await untilAborted(callUnary(session, path, request, { ...options, timeoutMs }), ended);
      } catch (error) {
        // It may be one that hangs; the next question gets another.
        drop(session);
        throw error;
      } finally {
        asking -= 1;
        if (asking === 0) current?.session.unref();
      }
    },
    close() {
      if (current !== undefined) drop(current.session);
    },
  };
}
