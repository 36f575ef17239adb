import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createConversationBook } from '../inbox/create-conversation-book.ts';
import { createDeniedStore } from '../inbox/create-denied-store.ts';
import { createConversationStore } from '../history/create-conversation-store.ts';
import { createActivityReader } from '../history/create-activity-reader.ts';
import { createSentReader } from '../history/create-sent-reader.ts';
import { createInboundReader } from '../inbox/create-inbound-reader.ts';
import { createInboundStore } from '../inbox/create-inbound-store.ts';
import { createDroppedStore } from '../inbox/create-dropped-store.ts';
import { createDroppedTexts } from '../inbox/create-dropped-texts.ts';
import { openStandings } from '../inbox/open-standings.ts';
import { createWaitingStore } from '../inbox/create-waiting-store.ts';
import { createKeyedNamePrune, createNameBook } from '../outbox/create-name-book.ts';
import { createFloors } from '../retention/create-floors.ts';
import { createPastStore } from '../retention/create-past-store.ts';
import { createOutboundStore } from '../outbox/create-outbound-store.ts';
import { openJournal } from './open-journal.ts';

/** Statements with steps that would grow, and why these do not. */
const exceptions = new Map([
  // A row for each table, index and trigger, once at the start.
  ["select type, name, sql from sqlite_schema where name not glob 'sqlite_*'", ['SCAN sqlite_schema']],
  // One row for each table.
  ["select seq from sqlite_sequence where name = 'inbound'", ['SCAN sqlite_sequence']],
  ["select seq from sqlite_sequence where name = 'outbound'", ['SCAN sqlite_sequence']],
  ['select seq from sqlite_sequence where name = ?', ['SCAN sqlite_sequence']],
  ['update sqlite_sequence set seq = ? where name = ?', ['SCAN sqlite_sequence']],
  // In the order of the index, so they stop at the limit.
  [
    'select * from dropped_senders order by stranger, last_at desc limit ?',
    ['SCAN dropped_senders USING INDEX dropped_senders_rank'],
  ],
  [
    'delete from dropped_senders where (sender_inbox_id, reason) in (select sender_inbox_id, reason from dropped_senders order by stranger desc, last_at limit ?)',
    ['SCAN dropped_senders USING COVERING INDEX dropped_senders_rank'],
  ],
  [
    "select received_at from inbound where state = 'pending' order by seq limit 1",
    ['SEARCH inbound USING INDEX inbound_state (state=?)'],
  ],
  [
    'select seq, received_at from inbound where state = ? order by seq limit ?',
    ['SEARCH inbound USING INDEX inbound_state (state=?)'],
  ],
  // At most 10,000 rows.
  ['select count(*) as count from waiting', ['SCAN waiting USING COVERING INDEX sqlite_autoindex_waiting_1']],
  [
    'select reason, count(*) as count, min(since) as since from waiting group by reason order by reason',
    ['SCAN waiting USING COVERING INDEX waiting_reason'],
  ],
  [
    'select group_id from waiting group by group_id order by min(seq)',
    ['SCAN waiting USING COVERING INDEX waiting_group', 'USE TEMP B-TREE FOR ORDER BY'],
  ],
  // All are wanted, once at the start.
  ['select group_id, type, reason, at, until, inviter, inviter_addresses from denied', ['SCAN denied']],
  // As many as fit into what strangers may store.
  [
    'select distinct sender_inbox_id from dropped_texts indexed by dropped_texts_sender where deleted = 0',
    ['SCAN dropped_texts USING COVERING INDEX dropped_texts_sender'],
  ],
  // The index holds only these rows, and those lists that changed ask for them.
  [
    'select distinct group_id from dropped_texts indexed by dropped_texts_outside where deleted = 0 and stranger = 2',
    ['SCAN dropped_texts USING COVERING INDEX dropped_texts_outside'],
  ],
  // As many as are under way.
  [
    "select min(id) as id from outbound indexed by outbound_open where state in ('intent', 'stored') and message_id is null",
    ['SEARCH outbound USING INDEX outbound_open (state=?)'],
  ],
  // The same, when somebody looks at them.
  [
    "select id, message_id, conversation_id, created_at from outbound indexed by outbound_open where state in ('intent', 'stored') order by id limit ?",
    ['SEARCH outbound USING INDEX outbound_open (state=?)', 'USE TEMP B-TREE FOR ORDER BY'],
  ],
  // The index holds only these rows, and all are wanted, once at the start.
  [
    "select * from outbound where state in ('intent', 'stored') order by id",
    ['SEARCH outbound USING INDEX outbound_open (state=?)', 'USE TEMP B-TREE FOR ORDER BY'],
  ],
]);

const plain = (sql: string) => sql.replaceAll(/\s+/g, ' ').trim();

async function setUp() {
  const prepared = new Set<string>();
  const { value: prepare } = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'prepare') as {
    value: (this: DatabaseSync, sql: string) => StatementSync;
  };
  const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, sql) {
    prepared.add(plain(sql));
    return prepare.call(this, sql);
  });
  const path = join(await temporaryDirectory(), 'journal.db');
  // One that is there already is looked through.
  openJournal({ path, onCommitFailure: () => undefined }).close();
  const journal = openJournal({ path, onCommitFailure: () => undefined });
  createInboundStore(journal);
  createInboundReader(journal);
  createDroppedStore(journal);
  createDeniedStore(journal);
  createWaitingStore(journal);
  await openStandings({ journal, lists: undefined, knocks: 'dropped', steady: () => 0 });
  createDroppedTexts({ journal, deleteMessage: () => undefined, keepMs: 0, bytesPerDay: 0, steady: () => 0 });
  createNameBook(journal, () => 0);
  createKeyedNamePrune(journal);
  createPastStore(journal);
  createFloors(journal);
  createOutboundStore(journal);
  createConversationStore(journal);
  createSentReader(journal);
  createActivityReader(journal);
  createConversationBook({ client: { conversationIds: () => [], exactConversation: async () => null }, journal });
  spy.mockRestore();
  journal.close();
  const database = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => database.close());
  const planOf = (sql: string) =>
    database
      .prepare(`explain query plan ${sql}`)
      .all()
      .map(({ detail }) => String(detail));
  return { prepared, database, planOf };
}

/** Steps whose cost grows with the journal: whole tables or indexes, all rows of one state, and sorting what was found. */
const growing = (plan: readonly string[]) =>
  plan.filter((step) => /^SCAN (?!json_each|CONSTANT ROW|pragma_)|\(state=\?\)|TEMP B-TREE|AUTOMATIC/.test(step));

/** The texts of all statements in the sources of this package. */
async function statementsInSources(): Promise<string[]> {
  const root = join(import.meta.dirname, '..');
  const found: string[] = [];
  for await (const file of glob('**/*.ts', { cwd: root, exclude: (name) => name.endsWith('.test.ts') })) {
    const text = await readFile(join(root, file), 'utf8');
    for (const call of text.matchAll(/\.prepare\(\s*(?:(['"`])((?:(?!\1).)*)\1)?/gs)) {
      if (call[2] !== undefined) found.push(plain(call[2]));
      else if (!text.includes('prepare: (sql) => guarded(database.prepare(sql))'))
        found.push(`${file}: not a plain text`);
    }
  }
  return found;
}

test('every statement of the sources is looked at here', async () => {
  const { prepared } = await setUp();
  const inSources = await statementsInSources();
  expect(inSources.length).toBeGreaterThan(20);
  expect(inSources.filter((sql) => !prepared.has(sql))).toEqual([]);
});

test('no statement reads or sorts more than it gives', async () => {
  const { prepared, planOf } = await setUp();
  for (const sql of prepared) {
    expect(growing(planOf(sql)), sql).toEqual(exceptions.get(sql) ?? []);
  }
});

test('what is due is found by its time, and not by walking what waits', async () => {
  const { prepared, planOf } = await setUp();
  const due = [...prepared].find((sql) => sql.includes('oldest_pending.due_at <= ?'));
  expect(planOf(due!)).toEqual([
    expect.stringMatching(/^SEARCH oldest_pending USING (COVERING )?INDEX oldest_pending_due \(due_at<\?\)/),
    expect.stringMatching(/^SEARCH inbound USING INTEGER PRIMARY KEY \(rowid=\?\)/),
  ]);
  expect(planOf('select min(due_at) as due_at from oldest_pending')).toEqual([
    expect.stringContaining('INDEX oldest_pending_due'),
  ]);
});

test('what the database does by itself after a change reads no more than one row', async () => {
  const { database, planOf } = await setUp();
  const triggers = database.prepare("select name, sql from sqlite_master where type = 'trigger'").all();
  expect(triggers.length).toBeGreaterThan(0);
  for (const { name, sql } of triggers) {
    const body = /\bbegin\b(.*)\bend$/s.exec(String(sql))![1]!;
    for (const statement of body.split(';').filter((part) => part.trim() !== '')) {
      const plan = planOf(statement.replaceAll(/\b(?:new|old)\.\w+/g, '?'));
      expect(growing(plan), `${String(name)}: ${plain(statement)}`).toEqual([]);
    }
  }
});
