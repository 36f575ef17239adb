import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import { LRUCache } from 'lru-cache';
import type { ReplyOutcome } from './send-reply.ts';
import type { Channel } from './types.ts';

/** A way to the agent, and the way of its replies. */
export interface AnswerPath {
  channel: Channel;
  reply: (message: InboundMessage, text: string, signal: AbortSignal) => Promise<ReplyOutcome>;
}

const most = { max: 1000, maxSize: 16_000_000 };

/**
 * Keeps what the agent answered until the outbox has it: a reply that cannot be handed over now is tried again by
 * itself, and the agent is not asked twice for the same answer. In memory only, because the journal holds no text: a new
 * process asks again, and so does one that has more of them than it can keep (1,000, or 16 MB).
 */
export function keepAnswers({ channel, reply }: AnswerPath): AnswerPath {
  const answers = new LRUCache<string, string>({ ...most, sizeCalculation: (text) => 1 + text.length * 2 });
  return {
    channel: {
      ...channel,
      deliver: async (message, options) => {
        const kept = answers.get(message.id);
        return kept === undefined ? await channel.deliver(message, options) : { kind: 'delivered', reply: kept };
      },
    },
    reply: async (message, text, signal) => {
      answers.set(message.messageId, text);
      const outcome = await reply(message, text, signal);
      if (outcome.kind !== 'failed') answers.delete(message.messageId);
      return outcome;
    },
  };
}
