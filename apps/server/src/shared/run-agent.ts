import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs, createElapsedClock, isBaseError, quoteInput } from '@xmtp-messaging/errors';
import { checkConfig } from '../config/check-config.ts';
import type { ServerConfig } from '../config/types.ts';
import { configError, ServerError } from '../errors.ts';
import { describeError, type Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { type AgentApp, openAgentApp, type SharedPort } from '../open-agent-app.ts';
import { inScope } from './contain-crash.ts';
import type { SharedAgent, SharedAgentView } from './types.ts';

/** What an agent behind a port works with. */
export interface RunAgentOptions {
  agent: SharedAgent;
  /** Where callers reach the port. */
  url: () => string;
  /** Of the port: where it listens, and under which names. */
  http: Pick<ServerConfig['http'], 'host' | 'allowedHosts'>;
  port: Omit<SharedPort, 'basePath'>;
  /** Awaited before anything is touched. */
  after: Promise<void>;
  logger: Logger;
  now: () => number;
  random: () => number;
  /** Delay before the second start, doubled up to five minutes, milliseconds. @default 2_000 */
  baseMs?: number | undefined;
}

/** An agent that is kept running beside others, whatever becomes of it. */
export interface AgentSlot {
  readonly name: string;
  /** `null` while there is none to ask. */
  app(): AgentApp | null;
  /** Answers as the agent does, and keeps what comes of it to the agent. */
  fetch: AgentApp['fetch'];
  metrics(): Metrics | null;
  view(): SharedAgentView;
  /** Whether it has been opened once, or it is known why not. */
  settled(): boolean;
  start(): void;
  /** Stops it in good order and leaves it stopped. It does not throw. */
  stop(options: { timeoutMs: number }): Promise<void>;
}

/** An agent that ran so long was well; its next failure is a first one. */
const wellMs = 600_000;

/** Keeps one agent running: one that ends, however that was, is started again by itself with growing pauses. */
export function runAgent(options: RunAgentOptions): AgentSlot {
  const { agent, logger, now, random, baseMs = 2000 } = options;
  const { name } = agent;
  const basePath = `/agents/${name}`;
  const elapsed = createElapsedClock(now);
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let app: AgentApp | null = null;
  let state: 'starting' | 'running' | 'restarting' | 'stopped' = 'stopped';
  let reason: SharedAgentView['reason'] = null;
  let restarts = 0;
  let nextStartAt: number | null = null;

  const open = async (): Promise<AgentApp> => {
    const { config: given, unknown = [] } = await agent.settings();
    const config = { ...given, http: { ...given.http, ...options.http } };
    const problems = checkConfig(config);
    if (![undefined, basePath].includes(config.http.basePath))
      problems.push(
        `XMTP_BASE_PATH is ${quoteInput(config.http.basePath ?? '')}, expected ${basePath} behind this port.`,
      );
    if (problems.length > 0) throw configError(problems);
    const { after, url } = options;
    return openAgentApp(config, {
      logger,
      now,
      random,
      unknownVariables: unknown,
      after,
      url: () => url() + basePath,
      shared: { ...options.port, basePath },
    });
  };
  /** Runs it once. Resolves with why it ended, or `null` when it was stopped. */
  const runOnce = async (signal: AbortSignal): Promise<unknown> => {
    const ended = Promise.withResolvers<unknown>();
    signal.addEventListener('abort', () => ended.resolve(null), { once: true });
    let crashes = 0;
    try {
      const crashed = (error: unknown) => {
        crashes += 1;
        // What is left of it may fail again and again.
        if (crashes <= 3) logger.error({ event: 'agent-crashed', ...describeError(error) });
        ended.resolve(error);
      };
      // Its settings as well: they are of this agent alone.
      app = await inScope({ crashed }, open);
      state = 'running';
      const { runtime } = app;
      const watch = async () => {
        try {
          await runtime.ready();
          reason = null;
        } catch (error) {
          ended.resolve(error);
        }
      };
      void watch();
      return await ended.promise;
    } catch (error) {
      logger.error({ event: 'agent-not-started', ...describeError(error) });
      return error;
    }
  };
  const end = async (timeoutMs: number) => {
    const over = new AbortController();
    const closing = app?.runtime.close({ timeoutMs }).catch((error: unknown) => {
      logger.error({ event: 'shutdown-failed', ...describeError(error) });
    });
    // What hangs here must neither hold up the others nor the next start.
    await Promise.race([closing, delay(timeoutMs + 1000, undefined, { signal: over.signal }).catch(() => {})]);
    over.abort();
  };
  const keep = async (signal: AbortSignal) => {
    for (let failures = 1; !signal.aborted; failures += 1) {
      state = 'starting';
      const begun = elapsed();
      const why = await runOnce(signal);
      if (signal.aborted) return;
      if (elapsed() - begun > wellMs) failures = 1;
      reason = app?.runtime.state().reason ?? describe(why);
      const wait = backoffMs(failures, { baseMs, maxMs: 300_000, random });
      nextStartAt = now() + wait;
      state = 'restarting';
      logger.warn({ event: 'agent-restarts', code: reason?.code, inMs: Math.round(wait) });
      // It goes on saying why until then, unless it crashed: then what is left of it is in doubt.
      const failed = app?.runtime.state().state === 'failed';
      if (!failed) {
        await end(5000);
        app = null;
      }
      await delay(wait, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      if (failed) {
        await end(5000);
        app = null;
      }
      nextStartAt = null;
      restarts += 1;
    }
  };

  return {
    name,
    app: () => app,
    metrics: () => app?.metrics ?? null,
    fetch: (request, env) => {
      if (app === null) throw notRunning(state, reason);
      const { fetch } = app;
      return inScope({ crashed: (error) => logger.error({ event: 'request-crashed', ...describeError(error) }) }, () =>
        fetch(request, env),
      );
    },
    settled: () => {
      const runtime = app?.runtime.state();
      return state !== 'starting' && (runtime?.state !== 'starting' || runtime.reason !== null);
    },
    view: () => {
      const status = state === 'stopped' ? null : (app?.status() ?? null);
      return {
        name,
        path: basePath,
        state: state === 'running' ? (status?.state ?? state) : state,
        connected: state === 'running' && status?.connected === true,
        address: status?.address ?? null,
        mode: status?.mode ?? null,
        reason: status?.reason ?? reason,
        warnings: [...(status?.warnings ?? [])],
        restarts,
        nextStartAt,
        pending: status?.inbox?.pending ?? null,
        dead: status?.inbox?.dead ?? null,
      };
    },
    start: () => {
      if (state !== 'stopped') return;
      state = 'starting';
      stopping = new AbortController();
      const { signal } = stopping;
      const before = running;
      const go = async () => {
        await before;
        await keep(signal);
      };
      running = go();
    },
    stop: async ({ timeoutMs }) => {
      if (state !== 'stopped') {
        stopping.abort();
        state = 'stopped';
        nextStartAt = null;
        const before = running;
        const leave = async () => {
          await before;
          await end(timeoutMs);
          app = null;
          reason = null;
        };
        running = leave();
      }
      await running;
    },
  };
}

function describe(error: unknown): SharedAgentView['reason'] {
  if (isBaseError(error)) return { code: error.code, message: error.shortMessage, hint: error.metaMessages.join(' ') };
  return {
    code: 'CRASHED',
    message: 'A part of this agent failed where nobody waited for it.',
    hint: 'The log says more. It is started again by itself.',
  };
}

function notRunning(state: string, reason: SharedAgentView['reason']): ServerError {
  return new ServerError({
    code: 'NOT_READY',
    shortMessage: 'This agent is not running.',
    metaMessages: [reason === null ? 'Try again in a moment.' : `${reason.message} ${reason.hint}`],
    retryAfterSeconds: 5,
    facts: { state },
  });
}
