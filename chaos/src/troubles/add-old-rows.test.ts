import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createInboundStore } from '../../../packages/xmtp-core/src/inbox/create-inbound-store.ts';
import { openJournal } from '../../../packages/xmtp-core/src/journal/open-journal.ts';
import { addOldRows, spreadPending } from './add-old-rows.ts';

const message = (index: number) =>
  ({
    messageId: `m${index}`,
    conversationId: 'one',
    conversationType: 'dm',
    senderInboxId: 'sender',
    senderAddresses: [],
    contentType: 'xmtp.org/text:1.0',
    contentBytes: 5,
    sentAt: 1,
    receivedAt: 1,
    sender: 'allowlisted',
    historical: false,
  }) as const;

test('the journal opens what was changed, with its counts and heads right', async () => {
  const path = join(await temporaryDirectory(), 'journal.db');
  const open = () => openJournal({ path, onCommitFailure: (error) => expect.unreachable(String(error)) });
  const before = open();
  for (let index = 0; index < 25; index += 1) createInboundStore(before).insert(message(index));
  before.close();

  addOldRows(path, { rows: 200, conversations: 7 });
  expect(spreadPending(path, 10)).toBe(25);

  const after = open();
  const inbound = createInboundStore(after);
  expect(inbound.counts()).toMatchObject({ pending: 25, delivered: 200 });
  const due = inbound.due(Number.MAX_SAFE_INTEGER, 100);
  expect(new Set(due.map(({ conversationId }) => conversationId)).size).toBe(10);
  // The order in which they came, which is also that within each conversation.
  expect(due.map(({ messageId }) => messageId)).toEqual(Array.from({ length: 10 }, (_, index) => `m${index}`));
  after.close();
});

test('a change that cannot be made whole is not made', async () => {
  const path = join(await temporaryDirectory(), 'journal.db');
  openJournal({ path, onCommitFailure: () => {} }).close();
  addOldRows(path, { rows: 3, conversations: 1 });
  expect(() => addOldRows(path, { rows: 5, conversations: 1 })).toThrow('UNIQUE');
  const database = new DatabaseSync(path);
  expect(database.prepare('select count(*) as rows from inbound').get()).toEqual({ rows: 3 });
  database.close();
});
