import type { NativeClient } from '../sdk/native-client.ts';
import type { NativeConversation } from '../sdk/native-types.ts';
import type { MailboxEvent } from '../types.ts';
import { backoff, pause } from '../util/timing.ts';
import type { BookedConversation } from './conversation-book.ts';

/** Failures in a row after which a conversation is not merely unlucky. */
const poisonedAfter = 3;
/** How long the way around may take. */
const rescueMs = 5_000;

/**
 * What to do when a conversation cannot be synced: nothing at first; then, if the network itself is well, a way around
 * (a page of messages over the client's size limit fails for ever when fetched, but not when streamed);
 * then let it rest for longer and longer, so that it costs the others nothing.
 */
export function createConversationRescue(options: {
  client: NativeClient;
  now: () => number;
  random: () => number;
  onEvent: (event: MailboxEvent) => void;
  signal: AbortSignal;
}): (conversation: BookedConversation, error: unknown) => Promise<void> {
  const { client, now, onEvent, signal } = options;
  return async (conversation, error) => {
    conversation.failures += 1;
    if (conversation.failures < poisonedAfter) return;
    try {
      await client.syncWelcomes();
    } catch {
      // The network is down for everybody: that is not this conversation's fault.
      conversation.failures = 0;
      return;
    }
    const { id: conversationId, failures } = conversation;
    try {
      await streamThrough(conversation.native, signal);
      await conversation.native.sync();
      conversation.failures = 0;
      onEvent({ level: 'info', name: 'conversation-rescued', details: { conversationId } });
    } catch {
      const restMs = backoff(failures - poisonedAfter, { baseMs: 30_000, maxMs: 3_600_000, random: options.random });
      conversation.restUntil = now() + restMs;
      const message = error instanceof Error ? error.message : String(error);
      const details = { conversationId, failures, restMs: Math.round(restMs), error: message };
      onEvent({ level: 'warn', name: 'conversation-poisoned', details });
    }
  };
}

/** Lets the SDK take messages one by one, from where its database stands, until none came for a while. */
async function streamThrough(native: NativeConversation, signal: AbortSignal): Promise<void> {
  let heard = 0;
  const ignore = () => undefined;
  const stream = await native.stream(() => {
    heard += 1;
  }, ignore);
  try {
    await stream.waitForReady();
    for (let waited = 0, before = -1; waited < rescueMs && heard !== before && !signal.aborted; waited += 500) {
      before = heard;
      await pause(500, signal);
    }
  } finally {
    stream.end();
  }
}
