import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createDroppedStore } from '../inbox/create-dropped-store.ts';
import { createConversationStore } from '../history/create-conversation-store.ts';
import { createSentReader } from '../history/create-sent-reader.ts';
import { createInboundStore } from '../inbox/create-inbound-store.ts';
import { migrate } from './migrate.ts';
import { openJournal } from './open-journal.ts';
import { schemaSteps } from './schema.ts';

/** What a home of version 4 held, in the words of then. */
const rows = `
insert into inbound (message_id, conversation_id, conversation_type, sender_inbox_id, sender_addresses, content_type, content_bytes,
  sent_at, received_at, sender, historical, state, next_attempt_at) values
  ('m1', 'c1', 'dm', 'alice', '["0x1"]', 'xmtp.org/text:1.0', 5, 1, 2, 'allowlisted', 0, 'pending', 10),
  ('m2', 'c1', 'dm', 'alice', '["0x1"]', 'xmtp.org/text:1.0', 5, 1, 3, 'allowlisted', 0, 'pending', 11),
  ('m3', 'c2', 'dm', 'bob', '["0x2"]', 'xmtp.org/text:1.0', 5, 1, 4, 'unknown', 0, 'delivered', null);
insert into passed (message_id, inserted_ns) values ('d1', 5), ('d2', 6);
insert into dropped (sender_inbox_id, reason, sender_addresses, count, first_at, last_at) values
  ('eve', 'not-listed', '["0x3"]', 2, 7, 8);
update tally set count = 2 where name = 'dropped';
insert into outbound (idempotency_key, request_digest, content_digest, conversation_id, message_id, state, created_at, settled_at) values
  ('k', 'r', 'c', 'c1', 'o1', 'sent', 1, 2);
`;

async function openHomeOfVersion4() {
  const path = join(await temporaryDirectory(), 'journal.db');
  const database = new DatabaseSync(path);
  for (const step of schemaSteps.slice(0, 4)) database.exec(step);
  database.exec(`${rows}; pragma user_version = 4`);
  database.close();
  const journal = openJournal({ path, onCommitFailure: () => undefined });
  onTestFinished(() => journal.close());
  return {
    inbound: createInboundStore(journal),
    dropped: createDroppedStore(journal),
    conversations: createConversationStore(journal),
    sent: createSentReader(journal),
  };
}

test('what a home of the version before held is there, and goes on', async () => {
  const { inbound, dropped, conversations, sent } = await openHomeOfVersion4();
  expect([conversations.get('c1'), conversations.get('c2')]).toEqual([
    { id: 'c1', lastAt: 1, pending: 2, unread: 2 },
    { id: 'c2', lastAt: 1, pending: 0, unread: 0 },
  ]);
  const query = { after: 0, before: 9, newestFirst: false, limit: 9, groupIds: ['c1'] };
  expect(sent.read(query)).toMatchObject([{ messageId: 'o1', idempotencyKey: 'k' }]);
  const due = () => inbound.due(100, 10).map(({ messageId }) => messageId);
  expect(due()).toEqual(['m1']);
  expect(inbound.lastSeq()).toBe(3);
  expect(inbound.counts()).toMatchObject({ pending: 2, delivered: 1 });
  inbound.move('m1', ['pending'], { state: 'delivered', attempts: 'keep', nextAttemptAt: null, lastError: null });
  expect(due()).toEqual(['m2']);
  expect(conversations.get('c1')).toMatchObject({ pending: 1, unread: 2 });
  expect(inbound.counts()).toMatchObject({ pending: 1, delivered: 2 });
  expect(['d1', 'd2', 'm1'].map((id) => dropped.has(id))).toEqual([true, true, false]);
  const eve = { senderInboxId: 'eve', reason: 'not-listed', senderAddresses: ['0x3'] as const, at: 9 };
  dropped.drop({ messageId: 'd2', insertedNs: 6n }, eve);
  dropped.drop({ messageId: 'd3', insertedNs: 9n }, eve);
  expect(dropped.total()).toBe(3);
  expect(dropped.dropped(10)).toMatchObject([{ senderInboxId: 'eve', count: 3, firstAt: 7, lastAt: 9 }]);
});

function openVersion(version: number): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  for (const step of schemaSteps.slice(0, version)) database.exec(step);
  database.exec(`pragma user_version = ${version}`);
  return database;
}

const stateOf = (database: DatabaseSync) => ({
  version: database.prepare('pragma user_version').get()?.['user_version'],
  tables: database.prepare("select name from sqlite_schema where type = 'table' order by name").all(),
});

test('a step that fails takes those before it back, and says what failed', () => {
  const database = openVersion(4);
  database.exec('create table inbox_addresses (x)');
  const before = stateOf(database);
  expect(() => migrate(database, 4)).toThrow('inbox_addresses already exists');
  expect(database.isTransaction).toBe(false);
  expect(stateOf(database)).toEqual(before);
});

test('a fault after which the database took all back by itself is the one that is told', () => {
  const version = schemaSteps.findIndex((step) => step.includes('update standings set floor'));
  const database = openVersion(version);
  database.exec(`insert into standings values ('0x1', 'denied', 'denied', 1);
    create trigger broken before update on standings begin select raise(rollback, 'the disk broke'); end`);
  const before = stateOf(database);
  expect(() => migrate(database, version)).toThrow('the disk broke');
  expect(stateOf(database)).toEqual(before);
});
