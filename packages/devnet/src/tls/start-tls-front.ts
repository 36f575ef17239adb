import type { Http2Server } from 'node:http2';
import type { Server } from 'node:http';
import { createServer, type TLSSocket } from 'node:tls';
import { listen } from '../http/listen.ts';
import type { Certificates } from './make-certificates.ts';

export interface TlsFrontOptions {
  readonly certificates: Certificates;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Answers those who speak HTTP/2 and nothing else, as gRPC clients do. */
  readonly http2: Http2Server;
  /** Answers all others, browsers too. */
  readonly http1: Server;
}

/** A port behind which all of a network is, encrypted. */
export interface TlsFront {
  readonly port: number;
  close(): Promise<void>;
}

export async function startTlsFront({ certificates, host, port, http2, http1 }: TlsFrontOptions): Promise<TlsFront> {
  const sockets = new Set<TLSSocket>();
  const { privateKey: key, certificate: cert } = certificates;
  const server = createServer(
    {
      key,
      cert,
      ALPNCallback: ({ protocols }) => ['http/1.1', 'h2'].find((known) => protocols.includes(known)),
    },
    (socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
      // Both take sockets that others have accepted.
      (socket.alpnProtocol === 'h2' ? http2 : http1).emit('connection', socket);
    },
  );
  // Whoever does not trust us hangs up; that is theirs to tell.
  server.on('tlsClientError', () => {});
  return {
    port: await listen(server, { host, port }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
