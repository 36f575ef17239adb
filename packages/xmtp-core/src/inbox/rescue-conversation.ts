import { sdkReason } from '../sdk/classify-error.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { NativeConversation } from '../sdk/native-types.ts';
import type { MailboxEvent } from '../types.ts';
import { backoff, pause, within } from '../util/timing.ts';
import type { BookedConversation } from './conversation-book.ts';

/** Failures in a row after which a conversation is not merely unlucky. */
const poisonedAfter = 3;
/** The way around ends when nothing came for this long, */
const quietMs = 1_500;
/** or after this long in any case. */
const rescueMs = 20_000;
/** A page over the client's limit: it will be over the limit tomorrow, too. */
const oversized = /message length too large/;

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
    const reason = sdkReason(error);
    if (conversation.failures < poisonedAfter && !oversized.test(reason)) return;
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
      const restMs = backoff(Math.max(0, failures - poisonedAfter), {
        baseMs: 30_000,
        maxMs: 3_600_000,
        random: options.random,
      });
      conversation.restUntil = now() + restMs;
      const details = { conversationId, failures, restMs: Math.round(restMs), reason };
      onEvent({ level: 'warn', name: 'conversation-poisoned', details });
    }
  };
}

/** Lets the SDK take messages one by one, from where its database stands, until none came for a while. */
async function streamThrough(native: NativeConversation, signal: AbortSignal): Promise<void> {
  let heardAt = performance.now();
  const end = heardAt + rescueMs;
  const stream = await native.stream(
    () => {
      heardAt = performance.now();
    },
    () => undefined,
  );
  try {
    await within(stream.waitForReady(), rescueMs);
    heardAt = performance.now();
    const isQuiet = () => performance.now() - heardAt > quietMs;
    while (!isQuiet() && performance.now() < end && !signal.aborted) await pause(100, signal);
  } finally {
    stream.end();
  }
}
