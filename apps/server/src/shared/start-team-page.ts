import { wallClock } from '@xmtp-messaging/errors';
import { createCallers } from '../callers/create-callers.ts';
import { createPageSessions } from '../callers/create-page-sessions.ts';
import { createTokenSource } from '../callers/create-token-source.ts';
import { listen } from '../http/listen.ts';
import { createLogger, type Logger } from '../log/create-logger.ts';
import { openPaths } from '../routes/add-operation-routes.ts';
import { createTeamPageApp, type TeamPageAgent } from './create-team-page-app.ts';

/** A page for several agents, each with a server of its own on this machine. */
export interface TeamPageOptions {
  /** How they stand now, in their order. */
  agents: () => readonly TeamPageAgent[];
  /** The operator's token, read again at most once a second; `null` while there is none. */
  token: () => string | null;
  /** On the loopback address. @default 0: any that is free */
  port?: number | undefined;
  /** @default none: nothing is logged */
  logger?: Logger | undefined;
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
}

/** A page that is served. */
export interface RunningTeamPage {
  readonly url: string;
  readonly port: number;
  /** Idempotent. */
  close(): Promise<void>;
}

/**
 * Serves one page for several servers. What the operator asks of an agent there is asked of its server, as its operator: with the token
 * that the server wants, which the page never sees.
 * @throws ServerError LISTEN_FAILED
 */
export async function startTeamPage(options: TeamPageOptions): Promise<RunningTeamPage> {
  const { agents, token, port = 0, now = wallClock } = options;
  const { logger = createLogger({ level: 'silent' }) } = options;
  const operator = createTokenSource({
    read: () => {
      const secret = token();
      return secret === null ? null : { ok: true, secret };
    },
    allowWeak: true,
    onProblem: (problem) => logger.error({ event: 'token-not-taken', caller: 'operator', problem }),
    onChange: (count) => logger.info({ event: 'tokens-changed', count }),
    now,
  });
  const sessions = createPageSessions(operator, now);
  const closing = new AbortController();
  const app = createTeamPageApp({
    agents,
    sessions,
    closing: closing.signal,
    door: {
      allowedHosts: ['127.0.0.1'],
      agent: { id: undefined, address: () => null },
      callers: createCallers({ operator, agent: null, sessions }),
      sendsPerMinute: 600,
      open: openPaths,
      closing: () => closing.signal.aborted,
      now,
    },
    logger,
    now,
  });
  const listener = await listen({ host: '127.0.0.1', port, fetch: app.fetch });
  return {
    url: `http://127.0.0.1:${listener.port}`,
    port: listener.port,
    close: async () => {
      closing.abort();
      await listener.close({ timeoutMs: 500 });
    },
  };
}
