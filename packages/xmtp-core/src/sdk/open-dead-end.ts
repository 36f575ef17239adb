import { once } from 'node:events';
import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { encodeFrame } from '../grpc/wire.ts';

/** A network on this machine that takes messages and passes them to nobody. */
export interface DeadEnd {
  readonly url: string;
  close(): Promise<void>;
}

/** All else fails: whoever believed that a key package or a welcome had been taken would lose messages. */
const taken = /\/(?:SendGroupMessages|QueryGroupMessages)$/;
const unimplemented = { 'grpc-status': '12', 'grpc-message': 'a dead end' };

/** Listens on a free port of the loopback address until it is closed. What reaches it is encrypted, and dropped. */
export async function openDeadEnd(): Promise<DeadEnd> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session)).on('error', () => session.destroy());
  });
  answer(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(server: Http2Server): void {
  const head = { ':status': 200, 'content-type': 'application/grpc' };
  server.on('stream', (stream, { ':path': path = '' }) => {
    stream.on('error', () => stream.destroy());
    stream.resume().on('end', () => {
      if (!taken.test(path)) {
        stream.respond({ ...head, ...unimplemented }, { endStream: true });
        return;
      }
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.respond(head, { waitForTrailers: true });
      stream.end(encodeFrame(new Uint8Array()));
    });
  });
}
