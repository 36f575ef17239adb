import { scrubOutbound } from '@xmtp-messaging/inbound-guard';
import type { OpenAgent } from '../agent/types.ts';
import type { ServerConfig } from '../config/types.ts';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { createDeliveryWorker, type DeliveryWorker } from './delivery-worker.ts';
import type { LoopGuard } from './loop-guard.ts';
import { createRestApChannel } from './rest-ap-channel.ts';
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
  const channel = createChannel(config, now, random);
  if (channel === null) return null;
  return createDeliveryWorker({
    inbox: agent.mailbox.inbox,
    channel,
    view: agent.home.view,
    reply: (message, text, signal) =>
      sendReply({ mailbox: agent.mailbox, loopGuard, message, text, scrub: createScrub(options), signal, random }),
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

/** Takes out of a reply what a model should not have said: its scaffolding, our marks, secrets by their shape. */
function createScrub({ agent, config, logger }: DeliveryOptions): ((text: string) => string) | undefined {
  if (config.scrubReplies === false) return undefined;
  const { gutter, mark } = agent.home.boundary;
  return (text) => {
    const { text: clean, findings } = scrubOutbound(text, { gutter, mark });
    if (findings.length > 0)
      logger.warn({ event: 'reply-scrubbed', found: findings.map(({ kind, rule }) => `${kind}: ${rule}`) });
    return clean;
  };
}

function createChannel(
  config: NonNullable<ServerConfig['delivery']>,
  now: () => number,
  random: () => number,
): Channel | null {
  const { target, allowPrivate, timeoutMs = 30_000, answerTimeoutMs = 600_000 } = config;
  if (target === undefined) return null;
  if (target.kind === 'webhook') {
    return createWebhookChannel({ url: target.url, secrets: target.secrets, allowPrivate, timeoutMs, now });
  }
  return createRestApChannel({ url: target.url, allowPrivate, timeoutMs, answerTimeoutMs, now, random });
}
