import type { Journal } from '../journal/open-journal.ts';
import type { OpenedClient } from '../open-client.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { Address, MailboxEvent, MailboxOptions } from '../types.ts';
import { createOutbox, type Outbox } from './create-outbox.ts';
import { createDigests } from './create-digests.ts';
import { createFindConversation } from './create-find-conversation.ts';
import { createOutboundStore } from './create-outbound-store.ts';
import { createTakeBackIntents } from './recover/create-take-back-intents.ts';

/** Everything that has to do with messages going out. */
export function createOutboxSide(context: {
  options: MailboxOptions;
  address: Address;
  databasePath: string;
  opened: OpenedClient;
  journal: Journal;
  now: () => number;
  random: () => number;
  onEvent: (event: MailboxEvent) => void;
  onStuck: (conversationId: string, attempt: number, error: unknown) => void;
  onSent: (conversationId: string) => void;
  onUsed: (conversation: Conversation) => void;
}): Outbox {
  const { options, address, databasePath, opened, journal, now, random, onEvent, onStuck, onSent, onUsed } = context;
  const { client } = opened;
  return createOutbox({
    client,
    journal,
    outbound: createOutboundStore(journal),
    digests: createDigests(opened.encryptionKey),
    findConversation: createFindConversation({
      client,
      now,
      onRepaired(conversationId) {
        onEvent({ level: 'warn', name: 'conversation-repaired', details: { conversationId } });
      },
    }),
    takeBackIntents: createTakeBackIntents({
      address,
      databasePath,
      encryptionKey: opened.encryptionKey,
      inboxId: client.inboxId,
    }),
    sendDeadlineMs: options.sendDeadlineMs ?? 15_000,
    maxQueuedSends: options.maxQueuedSends ?? 1_000,
    now,
    random,
    onEvent,
    onStuck,
    onSent,
    onUsed,
  });
}
