import type { OpenAgent } from '../agent/types.ts';
import type { ServerConfig } from '../config/types.ts';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { createDeliveryWorker, type DeliveryWorker } from './delivery-worker.ts';
import { keepAnswers } from './keep-answers.ts';
import type { LoopGuard } from './loop-guard.ts';
import { createRestApChannel } from './rest-ap-channel.ts';
import { openSessions } from './rest-ap-sessions.ts';
import { sendReply } from './send-reply.ts';
import type { Channel } from './types.ts';
import { createWebhookChannel } from './webhook-channel.ts';

/** What delivery is made of. */
export interface DeliveryOptions {
  agent: OpenAgent;
  config: NonNullable<ServerConfig['delivery']>;
  loopGuard: LoopGuard;
  logger: Logger;
  metrics: Metrics;
  now: () => number;
  random: () => number;
}

/** Starts to push messages to the configured target; `null` when there is none. */
export function createDelivery(options: DeliveryOptions): DeliveryWorker | null {
  const { agent, config, loopGuard, logger, metrics, now, random } = options;
  const channel = createChannel(options);
  if (channel === null) return null;
  return createDeliveryWorker({
    inbox: agent.mailbox.inbox,
    ...keepAnswers({
      channel,
      reply: (message, text, signal) =>
        sendReply({ mailbox: agent.mailbox, loopGuard, message, text, scrub: agent.home.scrub, signal, random }),
    }),
    view: agent.home.view,
    loopGuard,
    logger,
    metrics,
    concurrency: config.concurrency ?? 8,
    maxAttempts: config.maxAttempts ?? 20,
    retryBaseMs: config.retryBaseMs ?? 1000,
    now,
    random,
  });
}

function createChannel({ agent, config, logger, now, random }: DeliveryOptions): Channel | null {
  const { target, allowPrivate, timeoutMs = 30_000, answerTimeoutMs = 600_000 } = config;
  if (target === undefined) return null;
  if (target.kind === 'webhook') {
    return createWebhookChannel({ url: target.url, secrets: target.secrets, allowPrivate, timeoutMs, now });
  }
  const sessions = openSessions(agent.home.path, (error) => logger.warn({ event: 'sessions-not-kept', err: error }));
  return createRestApChannel({ url: target.url, allowPrivate, timeoutMs, answerTimeoutMs, now, random, sessions });
}
