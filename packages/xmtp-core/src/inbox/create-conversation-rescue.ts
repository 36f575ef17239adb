import { backoffMs } from '@xmtp-messaging/errors';
import { sdkReason } from '../sdk/classify-error.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { MailboxEvent } from '../types.ts';
import { pause } from '../util/pause.ts';
import { within } from '../util/within.ts';
import type { BookedConversation } from './create-conversation-book.ts';

/** Cares for conversations that cannot be synced. */
export interface ConversationRescue {
  /** @param othersSyncedAt When some conversation was synced last: if none can be, it is not this one's fault. */
  failed(conversation: BookedConversation, error: unknown, othersSyncedAt: number): Promise<void>;
  recovered(conversation: BookedConversation): void;
  stop(): void;
}

/** Failures in a row after which a conversation is not merely unlucky. */
const poisonedAfter = 3;
/** A page over the client's limit: it will be over the limit tomorrow, too. */
const oversized = /message length too large/;
/** The way around has caught up when nothing came for this long, */
const quietMs = 1_500;
/** or is read from after this long in any case. */
const catchUpMs = 20_000;

/**
 * A page of messages over the client's limit makes a conversation fail for ever, and each try costs all others two
 * seconds. Messages that are streamed singly get through. The stream does not move the place from which the SDK
 * fetches, so it stays open; fetching is tried again, less and less often. Streams can skip messages
 * (docs/decisions/0022), which is why this is a last resort for one conversation and not the way messages come in.
 */
export function createConversationRescue(options: {
  client: NativeClient;
  elapsed: () => number;
  random: () => number;
  onEvent: (event: MailboxEvent) => void;
}): ConversationRescue {
  const { client, elapsed, random, onEvent } = options;
  const stopped = new AbortController();
  const streams = new Map<string, { end(): void }>();

  const hear = async (groupId: string, native: Conversation) => {
    if (streams.has(groupId)) return;
    let heardAt = performance.now();
    const onMessage = () => {
      heardAt = performance.now();
    };
    const stream = await native.listen(onMessage, () => streams.delete(groupId));
    streams.set(groupId, stream);
    await within(stream.ready(), { ms: catchUpMs });
    const end = performance.now() + catchUpMs;
    onMessage();
    const isQuiet = () => performance.now() - heardAt > quietMs;
    while (!isQuiet() && performance.now() < end && !stopped.signal.aborted) await pause(100, stopped.signal);
  };

  return {
    async failed(conversation, error, othersSyncedAt) {
      const { id: conversationId, groupId, native } = conversation;
      if (conversation.failures === 0) conversation.failingSince = elapsed();
      conversation.failures += 1;
      const { failures } = conversation;
      const reason = sdkReason(error);
      const isAlone = othersSyncedAt > conversation.failingSince;
      if (!oversized.test(reason) && (failures < poisonedAfter || !isAlone)) return;
      try {
        await client.syncWelcomes();
      } catch {
        // The network is down for everybody: that is not this conversation's fault.
        conversation.failures = 0;
        return;
      }
      const restMs = backoffMs(failures + 1, { baseMs: 15_000, maxMs: 3_600_000, random });
      conversation.restUntil = elapsed() + restMs;
      onEvent({ level: 'warn', name: 'conversation-poisoned', details: { conversationId, failures, restMs, reason } });
      await hear(groupId, native);
    },
    recovered(conversation) {
      const { id: conversationId, groupId } = conversation;
      if (conversation.failures === 0) return;
      conversation.failures = 0;
      const stream = streams.get(groupId);
      if (stream === undefined) return;
      stream.end();
      streams.delete(groupId);
      onEvent({ level: 'info', name: 'conversation-recovered', details: { conversationId } });
    },
    stop() {
      stopped.abort();
      for (const stream of streams.values()) stream.end();
      streams.clear();
    },
  };
}
