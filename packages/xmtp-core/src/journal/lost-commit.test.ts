import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createQuietConversation } from '../../test/create-quiet-conversation.ts';
import { failToCommit } from '../../test/fail-to-commit.ts';
import { createConversationBook } from '../inbox/create-conversation-book.ts';
import { createInboundStore } from '../inbox/create-inbound-store.ts';
import { createDroppedStore } from '../inbox/create-dropped-store.ts';
import { createOutboundStore } from '../outbox/create-outbound-store.ts';
import { openJournal } from './open-journal.ts';

async function setUp() {
  const path = join(await temporaryDirectory(), 'journal.db');
  const journal = openJournal({ path, onCommitFailure: () => undefined, commitAfterMs: 60_000 });
  onTestFinished(() => journal.close());
  return journal;
}

test('counts are those of the rows, after a commit that failed as well', async () => {
  const journal = await setUp();
  const [inbound, dropped] = [createInboundStore(journal), createDroppedStore(journal)];
  const refusal = { senderInboxId: 'x', senderAddresses: [], reason: 'not-listed', at: 1 };
  const message = {
    messageId: 'm1',
    conversationId: 'c',
    conversationType: 'dm',
    senderInboxId: 'sender',
    senderAddresses: ['0x1'],
    contentType: 'xmtp.org/text:1.0',
    contentBytes: 3,
    sentAt: 900,
    sender: 'allowlisted',
    receivedAt: 1_000,
    historical: false,
  } as const;
  inbound.insert(message);
  dropped.drop({ messageId: 'r1', insertedNs: 1n }, refusal);
  journal.flush();
  inbound.move('m1', ['pending'], { state: 'delivered', attempts: 'keep', nextAttemptAt: null, lastError: null });
  inbound.insert({ ...message, messageId: 'm2' });
  dropped.drop({ messageId: 'r2', insertedNs: 1n }, refusal);
  expect([inbound.counts().delivered, dropped.total()]).toEqual([1, 2]);
  failToCommit(journal);
  expect(inbound.counts()).toMatchObject({ pending: 1, delivered: 0 });
  expect([dropped.total(), dropped.dropped(10)[0]?.count]).toEqual([1, 1]);
});

test('a send whose row was lost never writes into the row of another', async () => {
  const journal = await setUp();
  const outbound = createOutboundStore(journal);
  const row = {
    requestDigest: 'r',
    contentDigest: 'c',
    conversationId: 'c',
    messageId: null,
    state: 'intent',
    createdAt: 1,
  } as const;
  const lost = outbound.insert({ ...row, idempotencyKey: 'first' });
  failToCommit(journal);
  outbound.insert({ ...row, idempotencyKey: 'second' });
  outbound.setStored(lost, 'message of the first');
  outbound.settle(lost, 'sent', 5);
  expect(outbound.byKey('second')).toMatchObject({ messageId: null, state: 'intent' });
});

test('the id under which a direct message was told stays, for the next process too', async () => {
  const journal = await setUp();
  const native = (id: string) => createQuietConversation({ id });
  const bookOf = () =>
    createConversationBook({ client: { conversationIds: () => [], exactConversation: async () => null }, journal });
  const first = bookOf();
  await first.adopt(native('told'));
  failToCommit(journal);
  journal.flush();
  const second = bookOf();
  await second.adopt(native('duplicate'));
  expect([first.get('told')?.id, second.get('duplicate')?.id]).toEqual(['told', 'told']);
});
