import { type LoopGuard, type OpenParts, startDelivery } from '@xmtp-messaging/agent';
import type { ServerConfig } from '../config/types.ts';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { createExecChannel } from './create-exec-channel.ts';
import { handleByChannel } from './handle-by-channel.ts';
import { createRestApChannel } from './create-rest-ap-channel.ts';
import { openSessions } from './open-sessions.ts';
import type { Channel, PushStatus } from './types.ts';
import { createWebhookChannel } from './create-webhook-channel.ts';

/** What delivery is made of. */
export interface DeliveryOptions {
  agent: OpenParts;
  config: NonNullable<ServerConfig['delivery']>;
  loopGuard: LoopGuard;
  logger: Logger;
  metrics: Metrics;
  now: () => number;
  random: () => number;
}

/** Messages being pushed. */
export interface PushDelivery {
  status(): PushStatus;
  /** Tries everything that waits for a later attempt now. Returns how many messages that are. */
  retry(): number;
  stop(options: { timeoutMs: number }): Promise<void>;
}

/** Starts to push messages to the configured target; `null` when there is none. */
export function createDelivery(options: DeliveryOptions): PushDelivery | null {
  const { agent, config, loopGuard, logger, metrics, now, random } = options;
  const channel = createChannel(options);
  if (channel === null) return null;
  const { concurrency, maxAttempts, retryBaseMs, answersInMixedGroups } = config;
  const delivery = startDelivery({
    ...agent,
    handler: handleByChannel(channel, { metrics, now }),
    loopGuard,
    logger,
    metrics,
    // The channels have limits of their own.
    deliver: { concurrency, maxAttempts, retryBaseMs, timeoutMs: Infinity },
    answersInMixedGroups,
    now,
    random,
  });
  return {
    status: () => ({ channel: channel.kind, ...delivery.status() }),
    retry: () => delivery.retry(),
    stop: async (limit) => {
      await delivery.stop(limit);
      channel.close();
    },
  };
}

function createChannel({ agent, config, logger, now, random }: DeliveryOptions): Channel | null {
  const { target, allowPrivate, timeoutMs = 30_000, answerTimeoutMs = 600_000 } = config;
  if (target === undefined) return null;
  if (target.kind === 'exec') return createExecChannel({ ...target, timeoutMs: answerTimeoutMs });
  if (target.kind === 'webhook') {
    return createWebhookChannel({ url: target.url, secrets: target.secrets, allowPrivate, timeoutMs, now });
  }
  const sessions = openSessions(agent.home, (error) => logger.warn({ event: 'sessions-not-kept', err: error }));
  return createRestApChannel({ url: target.url, allowPrivate, timeoutMs, answerTimeoutMs, now, random, sessions });
}
