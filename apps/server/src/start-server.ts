import { createElapsedClock, wallClock } from '@xmtp-messaging/errors';
import { createAgentRuntime } from './agent/agent-runtime.ts';
import { openAgentMailbox } from './agent/open-agent-mailbox.ts';
import { openAgentHome } from './agent/open-home.ts';
import { type OpenedSigner, openSigner } from './agent/open-signer.ts';
import { createTellFindings } from './agent/tell-findings.ts';
import { hasNoPassphrase, recordWallet } from './agent/wallet-record.ts';
import type { UnknownVariable } from './config/parse-environment.ts';
import { isWeakToken } from './config/weak-token.ts';
import { checkConfig } from './config/check-config.ts';
import type { ServerConfig } from './config/types.ts';
import { createResolver } from './create-resolver.ts';
import { createDelivery, type PushDelivery } from './delivery/create-delivery.ts';
import { createLoopGuard } from './delivery/loop-guard.ts';
import { ServerError } from './errors.ts';
import { createApp } from './http/create-app.ts';
import { listen } from './http/listen.ts';
import { createLogger, type Logger } from './log/create-logger.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { readGauges } from './metrics/gauges.ts';
import { openPaths } from './routes/operations.ts';
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
  const { host = '127.0.0.1', port = 4101, token, allowedHosts = [], sendsPerMinute = 600 } = config.http;
  const { requestsPerMinute, freeAuthFailures, metrics: metricsAccess } = config.http;
  const { mode = 'closed', boundaryMode = 'delimit', shutdownTimeoutMs = 10_000 } = config;
  const resolver = createResolver(config.names, now);
  const loopGuard = createLoopGuard({ limit: config.delivery?.repliesPerWindow ?? 20, now });
  const metrics = createMetrics(
    () => readGauges(runtime.mailbox()?.status() ?? null, runtime.home()?.allowlist.status().count ?? 0, now()),
    () => findWarnings(services).map(({ code }) => code),
  );
  const tellFindings = createTellFindings({ logger, metrics });
  let opened: OpenedSigner | null = null;
  let delivery: PushDelivery | null = null;
  let closed: Promise<void> | null = null;
  let passphraseEmpty = false;
  let sawProxy = false;
  // Not before the port is ours: a second server on this machine must not touch the home.
  const begin = deferred();

  const runtime = createAgentRuntime({
    openHome: async (signal) => {
      await begin.promise;
      signal.throwIfAborted();
      opened ??= await openSigner(config, {
        logger,
        signal,
        onWarning: (warning) => {
          passphraseEmpty ||= warning.includes('without a passphrase');
        },
      });
      return openAgentHome({
        address: opened.signer.address,
        homeRoot: config.homeRoot,
        boundaryMode,
        modelTokens: config.modelTokens,
        scrubReplies: config.delivery?.scrubReplies,
        secrets: secretsOf(config),
        tellFindings,
        resolver,
        logger,
        now,
        signal,
      });
    },
    openMailbox: async (home, signal) => {
      const { signer, source } = opened!;
      const mailbox = await openAgentMailbox({ config, signer, home, metrics, logger, version, now, random, signal });
      const record = { wallet: config.wallet.name, vaultHome: config.wallet.home };
      if (config.wallet.credential === undefined) passphraseEmpty ||= hasNoPassphrase(home.path, record);
      if (source === 'vault') {
        // Only a start without the vault would miss it; the mailbox is open and must not be lost for it.
        await recordWallet(home.path, { ...record, withoutPassphrase: passphraseEmpty }).catch((error: unknown) =>
          logger.warn({ event: 'wallet-not-noted', err: error }),
        );
      }
      return mailbox;
    },
    onOpen: (agent) => {
      const reconsider = () =>
        void agent.mailbox
          .reconsider()
          .catch((error: unknown) => logger.warn({ event: 'reconsider-failed', err: error }));
      const unsubscribe = [agent.home.allowlist.subscribe(reconsider), agent.home.denylist.subscribe(reconsider)];
      delivery = createDelivery({ agent, config: config.delivery ?? {}, loopGuard, logger, metrics, now, random });
      return {
        stop: async ({ timeoutMs }) => {
          for (const stop of unsubscribe) stop();
          await delivery?.stop({ timeoutMs });
        },
      };
    },
    logger,
    now,
    random,
  });

  const services: Services = {
    runtime,
    resolver,
    metrics,
    loopGuard,
    delivery: () => delivery?.status() ?? null,
    retryDelivery: () => delivery?.retry() ?? null,
    disk: createDiskWatch(() => runtime.home()?.path ?? config.homeRoot, now),
    settings: {
      proxyWithoutToken: () => sawProxy,
      weakToken: token !== undefined && isWeakToken(token),
      passphraseEmpty: () => passphraseEmpty,
      unknownVariables: options.unknownVariables ?? [],
    },
    env: config.network.env,
    mode,
    boundaryMode,
    version,
    startedAt: now(),
    now,
  };
  const door = {
    allowedHosts: [...allowedHosts, host],
    token,
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
  begin.resolve();
  if (mode === 'open') logger.warn({ event: 'open-mode', note: 'anyone who is not on the denylist is heard' });
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`;
  logger.info({ event: 'server-listening', url, env: config.network.env, mode });

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
        await runtime.close({ timeoutMs: shutdownTimeoutMs });
        await listener.close({ timeoutMs: Math.max(100, end - elapsed()) });
        logger.info({ event: 'server-closed' });
      })();
      return closed;
    },
  };
}

/** What was configured and must leave in no answer. */
function secretsOf({ wallet, http, names, delivery }: ServerConfig): string[] {
  const target = delivery?.target;
  const webhook = target?.kind === 'webhook' ? target.secrets : [];
  return [wallet.credential, http.token, names?.web3BioApiKey, ...webhook].filter((secret) => secret !== undefined);
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
