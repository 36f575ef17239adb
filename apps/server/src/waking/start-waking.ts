import type { AgentResolver, OpenParts } from '@xmtp-messaging/agent';
import type { ServerConfig } from '../config/types.ts';
import { createRequestSender } from '../delivery/create-request-sender.ts';
import { readFailure, readStatus } from '../delivery/read-status.ts';
import { signWebhook } from '../delivery/sign-webhook.ts';
import type { Logger } from '../log/create-logger.ts';
import { createKnockNews, type KnockNews, type KnockNewsOptions } from './create-knock-news.ts';
import { openToldKnocks } from './open-told-knocks.ts';
import { startSignalFile } from './start-signal-file.ts';

/** What it needs. */
export interface WakingOptions {
  agent: OpenParts;
  config: Pick<ServerConfig, 'knockWebhook' | 'signalFile' | 'delivery'>;
  resolver: Pick<AgentResolver, 'reverse'>;
  logger: Logger;
  now: () => number;
  random: () => number;
  /** @default as its own */
  pace?: Pick<KnockNewsOptions, 'gatherMs' | 'everyMs'> | undefined;
}

/** Tells the operator of knocks, and agents that watch a folder of mail. */
export interface Waking {
  /** Somebody may have knocked. */
  knocked(): void;
  stop(): Promise<void>;
}

export async function startWaking(options: WakingOptions): Promise<Waking> {
  const { agent, config, logger } = options;
  const { home, mailbox } = agent;
  const signalFile =
    config.signalFile === true
      ? startSignalFile({
          home,
          pending: () => mailbox.status().inbox.pending,
          subscribe: (listener) => mailbox.inbox.subscribe(listener),
          onFailure: (err) => logger.warn({ event: 'signal-file-not-written', err }),
        })
      : null;
  const knocks = await startKnocks(options);
  // Of what came while nobody looked.
  knocks?.news.ring();
  return {
    knocked: () => knocks?.news.ring(),
    async stop() {
      await Promise.all([signalFile?.stop(), knocks?.news.stop()]);
      knocks?.close();
    },
  };
}

async function startKnocks(options: WakingOptions): Promise<{ news: KnockNews; close: () => void } | null> {
  const { agent, config, resolver, logger, now, random, pace } = options;
  const { knockWebhook, delivery = {} } = config;
  if (knockWebhook === undefined) return null;
  const { url, secrets } = knockWebhook;
  const { allowPrivate, timeoutMs = 30_000, maxAttempts, retryBaseMs } = delivery;
  const sender = createRequestSender({ allowPrivate });
  const knocks = () => agent.mailbox.inbox.knocks({ limit: 100 });
  const told = await openToldKnocks(
    agent.home,
    async () => (await knocks()).knocks,
    (err) => logger.warn({ event: 'told-knocks-not-kept', err }),
  );
  const news = createKnockNews({
    ...pace,
    knocks,
    told,
    logger,
    now,
    random,
    maxAttempts,
    retryBaseMs,
    nameOf: async (address, signal) => {
      const found = await resolver.reverse(address, { signal });
      return found?.verified === true ? found.name : null;
    },
    async post(asked, { id, signal }) {
      const body = JSON.stringify(asked);
      const timestamp = Math.floor(now() / 1000);
      const headers = { 'content-type': 'application/json', ...signWebhook({ id, timestamp, body, secrets }) };
      try {
        const answer = await sender.send({ method: 'POST', url: new URL(url), headers, body, timeoutMs, signal });
        return readStatus(answer, 'the webhook for knocks', now()) ?? { kind: 'delivered', reply: null };
      } catch (error) {
        signal.throwIfAborted();
        return readFailure(error);
      }
    },
  });
  return { news, close: sender.close };
}
