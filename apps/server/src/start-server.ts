import { createElapsedClock, endAll, wallClock } from '@xmtp-messaging/errors';
import { checkConfig } from './config/check-config.ts';
import type { UnknownVariable } from './config/read-variables.ts';
import type { ServerConfig } from './config/types.ts';
import { configError } from './errors.ts';
import { listen } from './http/listen.ts';
import { createLogger, type Logger } from './log/create-logger.ts';
import { openAgentApp } from './open-agent-app.ts';

/** What a server takes besides its config. */
export interface StartServerOptions {
  /** @default none: nothing is logged */
  logger?: Logger | undefined;
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
  /** @default Math.random */
  random?: (() => number) | undefined;
  /** Settings that were given and that nobody reads, for status to tell. @default [] */
  unknownVariables?: readonly UnknownVariable[] | undefined;
  /** Nobody else works in this process, so that its global `Request` and `Response` may be exchanged for lighter ones. @default false */
  ownsProcess?: boolean | undefined;
}

/** A running server. */
export interface RunningServer {
  /** With the base path. */
  readonly url: string;
  readonly port: number;
  /** EIP-55; `null` until the wallet has been asked. */
  readonly address: string | null;
  /** Resolves when the mailbox is open; rejects with the reason when it never will be. */
  ready(): Promise<void>;
  /** Stops in good order. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts one agent's server. The port opens at once and tells the truth; the mailbox opens behind it, again and again
 * while that may help.
 * @throws ServerError CONFIG_INVALID, LISTEN_FAILED
 */
export async function startServer(config: ServerConfig, options: StartServerOptions = {}): Promise<RunningServer> {
  const { logger = createLogger({ level: 'silent' }), now = wallClock, random = Math.random } = options;
  const problems = checkConfig(config);
  if (problems.length > 0) {
    throw configError(problems);
  }
  const { host = '127.0.0.1', port = 4101 } = config.http;
  const { shutdownTimeoutMs = 10_000 } = config;
  const { unknownVariables = [], ownsProcess: lightGlobals } = options;
  // Not before the port is ours: a second server on this machine must not touch the home.
  const begin = Promise.withResolvers<void>();
  const agent = openAgentApp(config, { logger, now, random, unknownVariables, after: begin.promise, url: () => url });
  const { runtime } = agent;
  const listener = await listen({ host, port, fetch: agent.fetch, lightGlobals }).catch(async (error: unknown) => {
    begin.resolve();
    await runtime.close({ timeoutMs: 0 });
    throw error;
  });
  const url = urlOf(host, listener.port) + (config.http.basePath ?? '');
  begin.resolve();
  logger.info({ event: 'server-listening', url, env: config.network.env, mode: config.mode ?? 'closed' });
  let closed: Promise<void> | null = null;

  return {
    url,
    port: listener.port,
    get address() {
      return runtime.home()?.address ?? null;
    },
    ready: () => runtime.ready(),
    close: () => {
      closed ??= (async () => {
        const elapsed = createElapsedClock(now);
        const end = elapsed() + shutdownTimeoutMs;
        await endAll(
          () => runtime.close({ timeoutMs: shutdownTimeoutMs }),
          () => listener.close({ timeoutMs: Math.max(100, end - elapsed()) }),
        );
        logger.info({ event: 'server-closed' });
      })();
      return closed;
    },
  };
}

/** Where a listener is. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
