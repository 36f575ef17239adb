import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import { timerMs } from '@xmtp-messaging/errors';
import type { ByteBudget } from './create-byte-budget.ts';
import type { Dispatcher } from './create-dispatcher.ts';
import type { Route } from './create-routes.ts';
import { serveGrpc } from './serve-grpc.ts';

export interface GrpcServingOptions {
  readonly routes: readonly Route[];
  readonly dispatcher: Dispatcher;
  readonly budget: ByteBudget;
  /** How long a client may take between two pieces of its request, in milliseconds. @default 60000 */
  readonly idleMs?: number | undefined;
}

/** Bytes that a client may send before they are read: of one call, and of a whole connection. */
const callWindow = 1024 * 1024;
const connectionWindow = 4 * callWindow;

/**
 * What HTTP/2 may hold for one connection, in megabytes: headers, and answers that wait for the client. Over it Node refuses
 * new calls with ENHANCE_YOUR_CALM, which clients take for a limit of the network; a client reads many pages of 25 MB at once.
 */
const maxSessionMemory = 1_000;

/** Calls of one connection at a time; a client that wants more waits. */
const maxConcurrentStreams = 10_000;

/** Serves the routes as gRPC over HTTP/2, to whoever connects. Requests may be compressed with gzip or deflate. */
export function createGrpcServer(options: GrpcServingOptions): {
  server: Http2Server;
  /** Says GOAWAY, gives running calls `graceMs`, then cuts them. */
  close: (graceMs: number) => Promise<void>;
} {
  const { routes, dispatcher, budget, idleMs = 60_000 } = options;
  const context = { routes: new Map(routes.map((route) => [route.path, route])), dispatcher, budget, idleMs };
  const settings = { initialWindowSize: callWindow, maxConcurrentStreams };
  const server = createServer({ maxSessionMemory, settings });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(connectionWindow);
    session.on('error', () => session.destroy());
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => void serveGrpc(stream, headers, context));
  return { server, close: (graceMs) => closeServer(server, sessions, graceMs) };
}

function closeServer(server: Http2Server, sessions: ReadonlySet<ServerHttp2Session>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      for (const session of sessions) session.destroy();
    }, timerMs(graceMs));
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    for (const session of sessions) session.close();
  });
}
