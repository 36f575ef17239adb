import {
  type AgentRuntime,
  defaultMaxUpload,
  startAgent,
  type StartAgentOptions,
  type WalletOptions,
} from '@xmtp-messaging/agent';
import { announceServer } from './announce-server.ts';
import type { Callers } from './callers/create-callers.ts';
import { openCallers } from './callers/open-callers.ts';
import { parseTokens } from './callers/parse-tokens.ts';
import { isLoopbackHost } from './config/check-config.ts';
import type { UnknownVariable } from './config/read-variables.ts';
import { readSecretFile } from './config/read-secret-file.ts';
import type { ServerConfig } from './config/types.ts';
import { createDelivery, type PushDelivery } from './delivery/create-delivery.ts';
import { ServerError } from './errors.ts';
import { createApp } from './http/create-app.ts';
import type { FailureLimiter } from './http/create-failure-limiter.ts';
import { httpHints } from './http/http-hints.ts';
import type { AppEnv } from './http/types.ts';
import { describeError, type Logger } from './log/create-logger.ts';
import { keepProblems } from './log/keep-problems.ts';
import { createMetrics, type Metrics } from './metrics/create-metrics.ts';
import { readGauges } from './metrics/read-gauges.ts';
import { openPaths } from './routes/add-operation-routes.ts';
import { describeStatus } from './routes/describe-status.ts';
import { findWarnings } from './routes/find-warnings.ts';
import { createDiskWatch } from './routes/free-space.ts';
import type { Services } from './routes/services.ts';
import { version } from './version.ts';
import { startWaking, type Waking } from './waking/start-waking.ts';

/** What an agent behind a port takes besides its config. */
export interface AgentAppOptions {
  logger: Logger;
  now: () => number;
  random: () => number;
  unknownVariables: readonly UnknownVariable[];
  /** Awaited before anything is touched. */
  after: Promise<void>;
  /** Where callers on this machine reach it. */
  url: () => string;
  /** When it is one of several behind the port. @default it has the port for itself */
  shared?: SharedPort | undefined;
}

/** What several agents behind one port have in common. */
export interface SharedPort {
  /** What stands before the paths of this agent: `/agents/NAME`. */
  basePath: string;
  /** Wrong tokens are counted for all of them together: else each further agent were a further guess. */
  failures: FailureLimiter;
  /** Whether a caller is the operator of the port, who is the operator of every agent behind it. */
  isOperator: (authorization: string | undefined) => boolean;
  /** Whether the port is going down. */
  closing: () => boolean;
  attempt: NonNullable<StartAgentOptions['attempt']>;
}

/** One agent with its HTTP surface, without a port. */
export interface AgentApp {
  readonly runtime: AgentRuntime;
  readonly metrics: Metrics;
  fetch: (request: Request, env: AppEnv['Bindings']) => Response | Promise<Response>;
  /** As `GET /xmtp/status` says. */
  status(): ReturnType<typeof describeStatus>;
  /** Whether callers must show a token. */
  readonly wantsTokens: boolean;
}

/** Starts an agent and its routes. @param config Checked. */
export function openAgentApp(config: ServerConfig, options: AgentAppOptions): AgentApp {
  const { now, random, shared } = options;
  const { logger, problems } = keepProblems(options.logger, now);
  const { host = '127.0.0.1', allowedHosts = [], sendsPerMinute = 600 } = config.http;
  const { requestsPerMinute, freeAuthFailures, metrics: metricsAccess } = config.http;
  const { mode = 'closed', boundaryMode = 'delimit' } = config;
  const { delivery: push = {} } = config;
  const metrics = createMetrics(
    () => readGauges(runtime.mailbox()?.status() ?? null, runtime.home()?.allowlist.status().count ?? 0, now()),
    () => findWarnings(services).map(({ code }) => code),
    // What the process uses is told once.
    { ofProcess: shared === undefined },
  );
  let delivery: PushDelivery | null = null;
  let waking: Waking | null = null;
  let sawProxy = false;
  const isPublic = !isLoopbackHost(host);
  const home = () => runtime.home()?.path ?? null;
  const {
    callers: own,
    sessions,
    secrets,
  } = openCallers({
    http: config.http,
    isPublic,
    home,
    logger,
    audit: (record) => runtime.home()?.audit.record(record),
    now,
  });
  const callers = shared === undefined ? own : ofPort(own, shared);
  const runtime = startAgent({
    ...config,
    wallet: walletOf(config.wallet),
    repliesPerWindow: push.repliesPerWindow,
    scrubReplies: push.scrubReplies,
    secrets: () => [...secrets(), ...secretsOf(config)],
    operatorToken: config.http.operatorToken === undefined && config.http.operatorTokenFile === undefined,
    after: options.after,
    attempt: shared?.attempt,
    hints: httpHints,
    onKnock: () => waking?.knocked(),
    onOpen: (agent) => {
      const waked = startWaking({ agent, config, resolver, logger, now, random }).then((started) => (waking = started));
      waked.catch((error: unknown) => logger.error({ event: 'waking-failed', ...describeError(error) }));
      delivery = createDelivery({ agent, config: push, loopGuard, logger, metrics, now, random });
      // A disk that is full must not keep the mailbox from opening.
      const announced = announceServer(agent.home, { url: options.url(), wallet: config.wallet.name }).catch(
        () => null,
      );
      return {
        stop: async (limit) => {
          await Promise.all([
            delivery?.stop(limit),
            waked.then((started) => started.stop()).catch(() => {}),
            announced.then(async (takeBack) => await takeBack?.()).catch(() => {}),
          ]);
        },
      };
    },
    logger,
    metrics,
    now,
    random,
  });
  const { resolver, loopGuard, attachments, passphraseEmpty } = runtime;

  const services: Services = {
    runtime,
    resolver,
    attachments,
    metrics,
    loopGuard,
    maxFileBytes: config.uploads === undefined ? null : (config.uploads.maxBytes ?? defaultMaxUpload),
    delivery: () => delivery?.status() ?? null,
    retryDelivery: () => delivery?.retry() ?? null,
    disk: createDiskWatch(() => runtime.home()?.path ?? config.homeRoot, now),
    problems,
    name: config.http.agent ?? config.wallet.name,
    settings: {
      proxyWithoutToken: () => sawProxy,
      weakToken: parseTokens(config.http.token ?? '').tokens.some(({ weak }) => weak),
      passphraseEmpty,
      unknownVariables: options.unknownVariables,
    },
    env: config.network.env,
    mode,
    groups: config.groups ?? 'listed-senders',
    boundaryMode,
    version,
    startedAt: now(),
    now,
  };
  const door = {
    allowedHosts: [...allowedHosts, host],
    agent: { id: config.http.agent, address: () => runtime.home()?.address ?? null },
    callers,
    requestsPerMinute,
    sendsPerMinute,
    freeAuthFailures,
    failures: shared?.failures,
    metrics: metricsAccess,
    // Probes ask the port as a whole; which agents are behind it is nobody's business.
    open: shared === undefined ? openPaths : new Set<string>(),
    closing: shared?.closing ?? (() => runtime.closing.aborted),
    onProxy: () => {
      sawProxy = true;
      logger.warn({ event: 'proxy-without-token', note: 'a reverse proxy forwards to a server without a token' });
    },
    now,
  };
  // With the first request: of many agents most are never asked.
  let app: ReturnType<typeof createApp> | undefined;
  if (mode === 'open') logger.warn({ event: 'open-mode', note: 'anyone who is not on the denylist is heard' });
  return {
    runtime,
    metrics,
    fetch: (request, env) => {
      app ??= createApp({
        services,
        door,
        logger,
        sessions: shared === undefined ? sessions : null,
        basePath: shared?.basePath ?? config.http.basePath,
      });
      return app.fetch(request, env);
    },
    status: () => describeStatus(services),
    wantsTokens: callers.wantsTokens,
  };
}

/** Whoever may stop the agents of a port, and reads all their homes, may also look at each. */
function ofPort(own: Callers, { isOperator }: SharedPort): Callers {
  return {
    ...own,
    find: (authorization) =>
      isOperator(authorization) ? { kind: 'operator', key: 'operator' } : own.find(authorization),
    // Before strangers, an agent whose wallet is not open is like one that is not there.
    knowsOperator: () => own.wantsTokens || own.knowsOperator(),
  };
}

/** A secret in a file is read again at each signature, so that a file that was corrected needs no restart. */
function walletOf({ credential, credentialFile, ...wallet }: ServerConfig['wallet']): WalletOptions {
  return {
    ...wallet,
    credential: credentialFile === undefined ? credential : () => readCredentialFile(credentialFile),
  };
}

function readCredentialFile({ path, ...options }: NonNullable<ServerConfig['wallet']['credentialFile']>): string {
  const read = readSecretFile(path, options);
  if (read.ok) return read.secret;
  throw new ServerError({ code: 'CONFIG_INVALID', shortMessage: `OWS_PASSPHRASE_FILE ${read.problem}` });
}

/** What else was configured and must leave in no answer; the agent knows its credential. */
function secretsOf({ names, delivery, knockWebhook }: ServerConfig): string[] {
  const target = delivery?.target;
  const webhook = target?.kind === 'webhook' ? target.secrets : [];
  return [names?.web3BioApiKey, ...webhook, ...(knockWebhook?.secrets ?? [])].filter((secret) => secret !== undefined);
}
