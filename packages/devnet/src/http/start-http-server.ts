import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cannotListen } from '../errors.ts';

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens; the listener answers every request. */
export async function startHttpServer(options: {
  host: string;
  /** 0 picks a free one. */
  port: number;
  listener: RequestListener;
}): Promise<HttpServer> {
  const { host, port, listener } = options;
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: unknown) => reject(cannotListen({ host, port, cause }));
    server.once('error', refuse);
    try {
      server.listen(port, host, resolve);
    } catch (cause) {
      refuse(cause);
    }
  });
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
