import { join } from 'node:path';
import { createManualClock, temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { onTestFinished } from 'vitest';
import { openJournal } from '../src/journal/open-journal.ts';
import type { MailboxEvent } from '../src/types.ts';
import { createInbox } from '../src/inbox/create-inbox.ts';
import type { DeliverOptions, DeliveryHandler, DeliveryOutcome } from '../src/inbox/deliver-types.ts';
import { createInboundStore } from '../src/inbox/create-inbound-store.ts';
import { createDroppedStore } from '../src/inbox/create-dropped-store.ts';

const nothing = { type: 'text', content: null, fallback: null, text: null, replyTo: null, gone: null };

interface Attempt {
  id: string;
  attempt: number;
  end: (outcome: DeliveryOutcome) => void;
  fail: (error: unknown) => void;
  signal: AbortSignal;
}

interface Received {
  conversationId?: string;
  attempts?: number;
  nextAttemptAt?: number;
  state?: 'dead';
}

/** The inbox of a real journal, whose agent answers when the test says so. */
export async function createDeliveryStage(
  options: DeliverOptions & { handler?: DeliveryHandler; before?: (receive: (facts: Received) => string) => void } = {},
) {
  const clock = createManualClock();
  const journal = openJournal({
    path: join(await temporaryDirectory(), 'journal.db'),
    onCommitFailure: () => undefined,
  });
  const inbound = createInboundStore(journal);
  const events: MailboxEvent[] = [];
  const { inbox, announce, stopDelivery } = createInbox({
    journal,
    inbound,
    dropped: createDroppedStore(journal),
    attachments: () => [],
    read: ({ messageId: id }) => ({ ...nothing, text: `text of ${id}` }),
    forget: () => undefined,
    onListenerFailure: () => undefined,
    onEvent: (event) => events.push(event),
    now: () => clock.now(),
    steady: () => clock.now(),
    random: () => 1,
  });
  let count = 0;
  const receive = ({ conversationId = 'a', attempts = 0, nextAttemptAt, state }: Received) => {
    count += 1;
    const messageId = `message ${count}`;
    const facts = { conversationType: 'dm', senderInboxId: 's', senderAddresses: ['0x1'], contentBytes: 3 } as const;
    const times = { sentAt: clock.now(), receivedAt: clock.now(), historical: false };
    const kind = { contentType: 'xmtp.org/text:1.0', sender: 'allowlisted' } as const;
    inbound.insert({ messageId, conversationId, ...facts, ...times, ...kind }, clock.now());
    for (let failed = 0; failed < attempts; failed += 1) inbox.retryLater(messageId, { error: 'x', retryAt: 0 });
    if (nextAttemptAt !== undefined) inbox.postpone(messageId, { reason: 'x', until: nextAttemptAt });
    if (state === 'dead') inbox.bury(messageId, 'x');
    announce(inbound.get(messageId)!);
    return messageId;
  };
  options.before?.(receive);
  const attempts: Attempt[] = [];
  const handler: DeliveryHandler = ({ messageId }, { signal, attempt }) =>
    new Promise((end, fail) => {
      attempts.push({ id: messageId, attempt, end, fail, signal });
    });
  const delivery = inbox.deliver(options.handler ?? handler, {
    concurrency: 4,
    maxAttempts: 3,
    retryBaseMs: 1000,
    ...options,
  });
  onTestFinished(async () => {
    await delivery.stop({ timeoutMs: 0 });
    journal.close();
  });
  const attempt = (index: number) => waitFor(() => attempts[index], { what: `attempt ${index}` });
  const state = async (id: string) => (await inbox.get(id))!;
  return { clock, inbox, delivery, attempts, attempt, state, receive, events, stopDelivery };
}
