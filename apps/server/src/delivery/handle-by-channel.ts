import type { Answer, MessageHandler } from '@xmtp-messaging/agent';
import { createElapsedClock, isBaseError } from '@xmtp-messaging/errors';
import { LRUCache } from 'lru-cache';
import type { Metrics } from '../metrics/create-metrics.ts';
import type { Channel } from './types.ts';

const mostKept = { max: 1000, maxSize: 16_000_000 };

/**
 * Hands messages to the agent at the other end of a channel, and its answers back. What it answered is kept until the
 * outbox has it: a reply that cannot be handed over now is tried again by itself, and the agent is not asked twice for
 * the same answer. In memory only, because the journal holds no text: a new process asks again, and so does one that
 * has more of them than it can keep (1,000, or 16 MB).
 */
export function handleByChannel(
  channel: Channel,
  options: { metrics: Pick<Metrics, 'delivery'>; now: () => number },
): MessageHandler {
  const elapsed = createElapsedClock(options.now);
  const answers = new LRUCache<string, string | readonly Answer[]>({
    ...mostKept,
    sizeCalculation: (said) => 1 + JSON.stringify(said).length * 2,
  });

  const ask: (...asked: Parameters<Channel['deliver']>) => ReturnType<Channel['deliver']> = async (
    message,
    context,
  ) => {
    const startedAt = elapsed();
    const outcome = await channel.deliver(message, context);
    const seconds = (elapsed() - startedAt) / 1000;
    options.metrics.delivery({ channel: channel.kind, result: outcome.kind, seconds });
    return outcome;
  };

  return async (message, { signal, attempt, reply }) => {
    const kept = answers.get(message.id);
    const outcome =
      kept === undefined ? await ask(message, { signal, attempt }) : { kind: 'delivered' as const, reply: kept };
    if (outcome.kind !== 'delivered' || outcome.reply === null) return outcome;
    answers.set(message.id, outcome.reply);
    try {
      // One by one: each has a key of its own, by its place.
      for (const one of typeof outcome.reply === 'string' ? [outcome.reply] : outcome.reply) await reply(one);
    } catch (error) {
      if (isBaseError(error) && !error.retryable) answers.delete(message.id);
      throw error;
    }
    answers.delete(message.id);
    return outcome;
  };
}
