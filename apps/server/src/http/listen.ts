import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { ServerError } from '../errors.ts';
import { answerBrokenRequests, brokenRequest, sendProblem } from './broken-request.ts';
import { hostMissing } from './guards.ts';
import { problemResponse } from './problem.ts';

/** A listening socket. */
export interface Listener {
  port: number;
  /** Answers what is under way for up to `timeoutMs`, then cuts the rest. */
  close(options: { timeoutMs: number }): Promise<void>;
}

/** Where to listen, and what answers. */
export interface ListenOptions {
  host: string;
  port: number;
  fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>;
  /**
   * Put lighter objects in the place of the global `Request` and `Response`: an answer is then written as it is, and not
   * read back from a web stream. For a process that is nobody else's. @default false
   */
  lightGlobals?: boolean | undefined;
  /** For all headers of a request, milliseconds. @default 10_000 */
  headersTimeoutMs?: number | undefined;
  /** For a whole request, body included, milliseconds. @default 30_000 */
  requestTimeoutMs?: number | undefined;
  /** How often slow clients are looked for, milliseconds. @default 2_000 */
  checkEveryMs?: number | undefined;
  /** Connections at once. @default 512 */
  maxConnections?: number | undefined;
}

/**
 * Opens the port. Clients that send headers or bodies too slowly, or too much of them, are cut off by Node itself.
 * @throws ServerError LISTEN_FAILED
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, port, fetch } = options;
  const answer = getRequestListener((request, env) => fetch(request, env as HttpBindings), {
    overrideGlobalObjects: options.lightGlobals ?? false,
    errorHandler: () => problemResponse(brokenRequest, randomUUID()),
  });
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: options.headersTimeoutMs ?? 10_000,
      requestTimeout: options.requestTimeoutMs ?? 30_000,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: options.checkEveryMs ?? 2000,
      // Refused in words below; probes of HTTP/1.0 have none.
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      if (incoming.headers.host === undefined && incoming.httpVersion !== '1.0') {
        sendProblem(outgoing, hostMissing);
        return;
      }
      // Only the path counts for the router. What `Host` really said stands in the raw headers, where the door looks.
      incoming.headers.host = 'localhost';
      void answer(incoming, outgoing);
    },
  );
  answerBrokenRequests(server);
  server.maxHeadersCount = 64;
  server.maxConnections = options.maxConnections ?? 512;
  // Longer than the longest silence of a long poll; events have a heartbeat.
  server.setTimeout(90_000);
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new ServerError({
      code: 'LISTEN_FAILED',
      shortMessage: `The server cannot listen on ${host} port ${port} (${code}).`,
      metaMessages: [
        code === 'EADDRINUSE'
          ? 'Another process uses that port; set PORT to a free one.'
          : 'Set HOST and PORT to an address and port of this machine.',
      ],
      cause: error,
    });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return { port: address.port, close: ({ timeoutMs }) => close(server, timeoutMs) };
}

async function close(server: Server, timeoutMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const limit = new AbortController();
  await Promise.race([closed, delay(timeoutMs, undefined, { signal: limit.signal }).catch(() => {})]);
  limit.abort();
  server.closeAllConnections();
  await closed;
}
