import { defaultMaxUpload, startAgent, type WalletOptions } from '@xmtp-messaging/agent';
import { createElapsedClock, wallClock } from '@xmtp-messaging/errors';
import { announceServer } from './announce-server.ts';
import type { UnknownVariable } from './config/parse-environment.ts';
import { openCallers } from './callers/open-callers.ts';
import { parseTokens } from './callers/parse-tokens.ts';
import { checkConfig, isLoopbackHost } from './config/check-config.ts';
import type { ServerConfig } from './config/types.ts';
import { readSecretFile } from './config/read-secret-file.ts';
import { createDelivery, type PushDelivery } from './delivery/create-delivery.ts';
import { ServerError } from './errors.ts';
import { createApp } from './http/create-app.ts';
import { httpHints } from './http/http-hints.ts';
import { listen } from './http/listen.ts';
import { createLogger, type Logger } from './log/create-logger.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { readGauges } from './metrics/read-gauges.ts';
import { openPaths } from './routes/add-operation-routes.ts';
import { findWarnings } from './routes/find-warnings.ts';
import { createDiskWatch } from './routes/free-space.ts';
import type { Services } from './routes/services.ts';
import { version } from './version.ts';

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
}

/** A running server. */
export interface RunningServer {
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
    throw new ServerError({
      code: 'CONFIG_INVALID',
      shortMessage: 'The settings cannot be used.',
      metaMessages: problems,
    });
  }
  const { host = '127.0.0.1', port = 4101, allowedHosts = [], sendsPerMinute = 600 } = config.http;
  const { requestsPerMinute, freeAuthFailures, metrics: metricsAccess } = config.http;
  const { mode = 'closed', boundaryMode = 'delimit', shutdownTimeoutMs = 10_000 } = config;
  const { delivery: push = {} } = config;
  const metrics = createMetrics(
    () => readGauges(runtime.mailbox()?.status() ?? null, runtime.home()?.allowlist.status().count ?? 0, now()),
    () => findWarnings(services).map(({ code }) => code),
  );
  let delivery: PushDelivery | null = null;
  let closed: Promise<void> | null = null;
  let sawProxy = false;
  const isPublic = !isLoopbackHost(host);
  const home = () => runtime.home()?.path ?? null;
  const { callers, secrets } = openCallers({
    http: config.http,
    isPublic,
    home,
    logger,
    audit: (record) => runtime.home()?.audit.record(record),
    now,
  });
  // Not before the port is ours: a second server on this machine must not touch the home.
  const begin = Promise.withResolvers<void>();

  const runtime = startAgent({
    ...config,
    wallet: walletOf(config.wallet),
    repliesPerWindow: push.repliesPerWindow,
    scrubReplies: push.scrubReplies,
    secrets: () => [...secrets(), ...secretsOf(config)],
    operatorToken: config.http.operatorToken === undefined && config.http.operatorTokenFile === undefined,
    after: begin.promise,
    hints: httpHints,
    onOpen: (agent) => {
      delivery = createDelivery({ agent, config: push, loopGuard, logger, metrics, now, random });
      // A disk that is full must not keep the mailbox from opening.
      const announced = announceServer(agent.home.path, { url: url(), wallet: config.wallet.name }).catch(() => null);
      return {
        stop: async (limit) => {
          await Promise.all([
            delivery?.stop(limit),
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
    settings: {
      proxyWithoutToken: () => sawProxy,
      weakToken: parseTokens(config.http.token ?? '').tokens.some(({ weak }) => weak),
      passphraseEmpty,
      unknownVariables: options.unknownVariables ?? [],
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
    metrics: metricsAccess,
    open: openPaths,
    closing: () => runtime.closing.aborted,
    onProxy: () => {
      sawProxy = true;
      logger.warn({ event: 'proxy-without-token', note: 'a reverse proxy forwards to a server without a token' });
    },
    now,
  };
  const app = createApp({ services, door, logger });
  const listener = await listen({ host, port, fetch: app.fetch }).catch(async (error: unknown) => {
    begin.resolve();
    await runtime.close({ timeoutMs: 0 });
    throw error;
  });
  const url = () => `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`;
  begin.resolve();
  if (mode === 'open') logger.warn({ event: 'open-mode', note: 'anyone who is not on the denylist is heard' });
  logger.info({ event: 'server-listening', url: url(), env: config.network.env, mode });

  return {
    url: url(),
    port: listener.port,
    get address() {
      return runtime.home()?.address ?? null;
    },
    ready: () => runtime.ready(),
    close: () => {
      closed ??= (async () => {
        const elapsed = createElapsedClock(now);
        const end = elapsed() + shutdownTimeoutMs;
        await runtime.close({ timeoutMs: shutdownTimeoutMs });
        await listener.close({ timeoutMs: Math.max(100, end - elapsed()) });
        logger.info({ event: 'server-closed' });
      })();
      return closed;
    },
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
function secretsOf({ names, delivery }: ServerConfig): string[] {
  const target = delivery?.target;
  const webhook = target?.kind === 'webhook' ? target.secrets : [];
  return [names?.web3BioApiKey, ...webhook].filter((secret) => secret !== undefined);
}
