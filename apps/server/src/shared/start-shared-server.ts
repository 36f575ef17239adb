import { makeOperatorToken } from '@xmtp-messaging/agent';
import { createElapsedClock, wallClock } from '@xmtp-messaging/errors';
import { ensurePrivateFolder } from '@xmtp-messaging/errors/files';
import { getPath } from 'hono/utils/url';
import type { Callers } from '../callers/create-callers.ts';
import { openCallers } from '../callers/open-callers.ts';
import { checkStrength, isLoopbackHost } from '../config/check-config.ts';
import { configError } from '../errors.ts';
import { createFailureLimiter } from '../http/create-failure-limiter.ts';
import type { DoorOptions } from '../http/door-middleware.ts';
import { listen, type ListenOptions } from '../http/listen.ts';
import { createLogger } from '../log/create-logger.ts';
import { openPaths } from '../routes/add-operation-routes.ts';
import { type StartServerOptions, urlOf } from '../start-server.ts';
import { checkCapacity, type ProcessLimits } from './check-capacity.ts';
import { createPortApp } from './create-port-app.ts';
import { createNobodyApp } from './create-nobody-app.ts';
import { createStartTurns } from './create-start-turns.ts';
import { createSharedMetrics } from './create-shared-metrics.ts';
import { readProcessLimits } from './read-process-limits.ts';
import { type AgentSlot, runAgent } from './run-agent.ts';
import type { SharedAgentView, SharedServerConfig } from './types.ts';

/** A running server of several agents. */
export interface RunningSharedServer {
  readonly url: string;
  readonly port: number;
  /** In the order in which they were given. */
  agents(): SharedAgentView[];
  /** Stops one agent in good order, and leaves it stopped. It does nothing where there is none. */
  stopAgent(name: string): Promise<void>;
  /** Starts one that was stopped. */
  startAgent(name: string): void;
  /** Stops all in good order. Idempotent. */
  close(): Promise<void>;
}

/** Beside the settings: what a test gives in place of the real. */
interface SharedServerOptions extends Omit<StartServerOptions, 'unknownVariables'> {
  /** @default what Linux says */
  processLimits?: ProcessLimits | undefined;
}

/** How many are closed side by side, so that a thousand do not all write at once. */
const closesAtOnce = 32;

/**
 * Starts several agents behind one port, each at `/agents/NAME` with tokens and limits of its own. The port opens at once; the agents open
 * behind it, some at a time, and what becomes of one is no matter of the others.
 * @throws ServerError CONFIG_INVALID, LISTEN_FAILED
 */
export async function startSharedServer(
  config: SharedServerConfig,
  options: SharedServerOptions = {},
): Promise<RunningSharedServer> {
  const { logger = createLogger({ level: 'silent' }), now = wallClock, random = Math.random } = options;
  const { processLimits = readProcessLimits() } = options;
  const { agents, homeRoot, opensAtOnce = 4, shutdownTimeoutMs = 10_000, http } = config;
  const { host = '127.0.0.1', port = 4101, allowedHosts = [] } = http;
  const problems = [
    ...checkNames(agents.map(({ name }) => name)),
    ...checkStrength(host, { XMTP_OPERATOR_TOKEN: http.operatorToken }),
    ...checkCapacity(agents.length, processLimits),
  ];
  if (problems.length > 0) throw configError(problems);
  if (http.operatorToken === undefined && http.operatorTokenFile === undefined) {
    ensurePrivateFolder(homeRoot);
    await makeOperatorToken(homeRoot);
  }
  const isPublic = !isLoopbackHost(host);
  const begin = Promise.withResolvers<void>();
  const isOperator = (authorization: string | undefined) => known.find(authorization)?.kind === 'operator';
  const failures = createFailureLimiter({ free: http.freeAuthFailures ?? 20, now });
  const attempt = createStartTurns({ atOnce: opensAtOnce });
  let closing = false;
  const slots = new Map<string, AgentSlot>();
  for (const agent of agents) {
    slots.set(
      agent.name,
      runAgent({
        agent,
        url: () => url,
        http: { host, allowedHosts },
        port: { failures, isOperator, closing: () => closing, attempt },
        after: begin.promise,
        logger: logger.child({ agent: agent.name }),
        now,
        random,
      }),
    );
  }
  /** Whether callers must not find out which agents there are. */
  const hides = () => isPublic || [...slots.values()].some((slot) => slot.app()?.wantsTokens === true);
  const { callers: known, sessions } = openCallers({
    http: { operatorToken: http.operatorToken, operatorTokenFile: http.operatorTokenFile },
    isPublic,
    home: () => homeRoot,
    logger,
    audit: () => logger.info({ event: 'tokens-changed' }),
    now,
  });
  const callers: Callers = {
    ...known,
    find: (authorization) => {
      const caller = known.find(authorization);
      return caller?.kind === 'local' && hides() ? null : caller;
    },
    get wantsTokens() {
      return hides();
    },
  };
  const door: DoorOptions = {
    allowedHosts: [...allowedHosts, host],
    agent: { id: undefined, address: () => null },
    callers,
    requestsPerMinute: http.requestsPerMinute,
    sendsPerMinute: 600,
    failures,
    metrics: http.metrics,
    open: openPaths,
    closing: () => closing,
    now,
  };
  const renderMetrics = createSharedMetrics(() =>
    [...slots.values()].map((slot) => ({ name: slot.name, metrics: slot.metrics(), view: slot.view() })),
  );
  const portApp = createPortApp({
    slots,
    door,
    sessions,
    renderMetrics,
    stopTimeoutMs: shutdownTimeoutMs,
    logger,
    now,
  });
  const nobody = createNobodyApp({ door, logger, now });
  const fetch: ListenOptions['fetch'] = (request, env) => {
    const name = /^\/agents\/([^/]+)\/(?!(?:start|stop)\/?$)/u.exec(getPath(request))?.[1];
    if (name === undefined) return portApp.fetch(request, env);
    const slot = slots.get(name);
    if (slot !== undefined && slot.app() !== null) return slot.fetch(request, env);
    return hides() ? nobody.fetch(request, env) : portApp.fetch(request, env);
  };

  const listener = await listen({ host, port, fetch, lightGlobals: options.ownsProcess });
  const url = urlOf(host, listener.port);
  for (const slot of slots.values()) slot.start();
  begin.resolve();
  logger.info({ event: 'server-listening', url, agents: agents.length });
  let closed: Promise<void> | null = null;

  return {
    url,
    port: listener.port,
    agents: () => [...slots.values()].map((slot) => slot.view()),
    stopAgent: async (name) => await slots.get(name)?.stop({ timeoutMs: shutdownTimeoutMs }),
    startAgent: (name) => slots.get(name)?.start(),
    close: () => {
      closed ??= (async () => {
        const elapsed = createElapsedClock(now);
        const end = elapsed() + shutdownTimeoutMs;
        closing = true;
        const left = [...slots.values()];
        const closeNext = async (): Promise<void> => {
          for (let slot = left.shift(); slot !== undefined; slot = left.shift())
            await slot.stop({ timeoutMs: Math.max(100, end - elapsed()) });
        };
        await Promise.all(Array.from({ length: closesAtOnce }, closeNext));
        await listener.close({ timeoutMs: Math.max(100, end - elapsed()) });
        logger.info({ event: 'server-closed' });
      })();
      return closed;
    },
  };
}

function checkNames(names: readonly string[]): string[] {
  return names.flatMap((name, index) => {
    if (!/^(?!\.{1,2}$)[\w.-]{1,128}$/u.test(name))
      return [
        `Agent ${index + 1} has a name of ${name.length} characters, expected 1 to 128 letters, digits, dots, hyphens and underscores.`,
      ];
    return names.indexOf(name) < index ? [`The agent ${name} is there twice, expected once.`] : [];
  });
}
