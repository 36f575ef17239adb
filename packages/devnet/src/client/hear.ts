import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from '@xmtp-messaging/errors';
import type { Client, DecodedMessage } from '@xmtp/node-sdk';

export interface HearOptions {
  readonly client: Client<unknown>;
  /** Told of what others wrote, once each. */
  readonly onMessage: (message: DecodedMessage) => void;
  /** Told when the stream is open for the first time. */
  readonly onOpen: () => void;
  readonly signal: AbortSignal;
}

/** An application's message; the others tell of who came and went. */
const isApplication = ({ kind }: { readonly kind: number }): boolean => kind === 0;

const longestPauseMs = 2_000;

/** Hears what is written to a client, however often its stream breaks; what came in between is found by a sync. */
export async function hear({ client, onMessage, onOpen, signal }: HearOptions): Promise<void> {
  const heard = new Set<string>();
  const take = (message: DecodedMessage) => {
    if (heard.has(message.id) || message.senderInboxId === client.inboxId || !isApplication(message)) return;
    heard.add(message.id);
    onMessage(message);
  };
  const catchUp = async () => {
    await client.conversations.syncAll();
    for (const conversation of await client.conversations.list()) {
      for (const message of await conversation.messages()) take(message);
    }
  };
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      const broken = Promise.withResolvers<void>();
      const end = () => broken.resolve();
      const stream = await client.conversations.streamAllMessages({
        retryOnFail: false,
        onValue: take,
        onFail: end,
        onEnd: end,
        onError: () => {},
      });
      signal.addEventListener('abort', end, { once: true });
      try {
        await catchUp();
        onOpen();
        failures = 0;
        await broken.promise;
      } finally {
        signal.removeEventListener('abort', end);
        await stream.end();
      }
    } catch {
      // The network may be gone, or break on purpose. The next try tells.
    }
    if (!signal.aborted) {
      await delay(backoffMs(failures + 1, { baseMs: 200, maxMs: longestPauseMs }), undefined, { signal }).catch(
        () => {},
      );
    }
  }
}
