import { createServer, type RequestListener, type Server } from 'node:http';
import { listen } from './listen.ts';

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
  const server = createServer(options.listener);
  return { port: await listen(server, options), close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
