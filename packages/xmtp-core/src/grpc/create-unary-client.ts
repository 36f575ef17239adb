import { type ClientHttp2Session, connect } from 'node:http2';
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
  let current: { session: ClientHttp2Session; failed: Promise<never> } | undefined;
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
    const failed = new Promise<never>((_, reject) => {
      session.on('error', reject);
      session.on('close', () => reject(new Error('The connection was closed.')));
    });
    failed.catch(() => drop(session));
    session.on('goaway', () => {
      if (current?.session === session) current = undefined;
    });
    current = { session, failed };
    return current;
  };

  return {
    async ask(path, request, timeoutMs = usualMs) {
      const { session, failed } = connection();
      asking += 1;
      session.ref();
      try {
        return await Promise.race([callUnary(session, path, request, { ...options, timeoutMs }), failed]);
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
