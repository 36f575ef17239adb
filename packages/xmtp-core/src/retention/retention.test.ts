import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStage } from '../../test/create-memory-stage.ts';
import type { Address, MailboxEvent } from '../index.ts';

const dayMs = 86_400_000;
const ann: Address = `0x${'a1'.repeat(20)}`;

async function setUp() {
  const events: MailboxEvent[] = [];
  const stage = await createMemoryStage({
    journalMs: 2 * dayMs,
    messagesMs: 9 * dayMs,
    onEvent: (event) => events.push(event),
  });
  onTestFinished(() => stage.end());
  const told = () =>
    events.filter(({ name }) => name === 'message-admitted').map(({ details }) => details['messageId']);
  const prune = async () => {
    await stage.ringAll();
    await stage.mailbox()!.prune();
  };
  const ids = async () => (await stage.mailbox()!.inbox.list()).map(({ messageId }) => messageId);
  return { stage, events, told, prune, ids };
}

test('what was handled leaves the lists, is found by its id, and goes with its message', async () => {
  const { stage, told, prune, ids, events } = await setUp();
  const first = await stage.post(ann, null, 'first');
  const waits = await stage.post(ann, null, 'waits');
  const last = await stage.post(ann, null, 'last');
  const before = await stage.mailbox()!.inbox.get(first);
  stage.mailbox()!.inbox.ack(first);
  stage.mailbox()!.inbox.ack(last);
  stage.clock.advance(3 * dayMs);
  await prune();
  expect(await ids()).toEqual([waits]);
  expect(await stage.mailbox()!.inbox.get(first)).toEqual({ ...before, state: 'delivered', nextAttemptAt: null });
  expect(stage.mailbox()!.status().inbox).toMatchObject({ pending: 1, delivered: 2 });
  stage.clock.advance(7 * dayMs);
  await prune();
  expect(events.filter(({ level }) => level === 'warn')).toEqual([]);
  expect([...stage.network.deleted]).toEqual([first]);
  expect(told()).toEqual([first, waits, last]);
});

/** Three messages, all handled; the oldest two are out of the lists, and of them the first is out of the database as well. */
async function setUpPruned() {
  const pruned = await setUp();
  const { stage, prune } = pruned;
  const said = async (text: string) => {
    const id = await stage.post(ann, null, text);
    stage.mailbox()!.inbox.ack(id);
    return id;
  };
  const gone = await said('gone');
  stage.clock.advance(7 * dayMs);
  const past = await said('past');
  stage.clock.advance(3 * dayMs);
  const listed = await said('listed');
  await prune();
  expect([...stage.network.deleted]).toEqual([gone]);
  expect(await pruned.ids()).toEqual([listed]);
  const reopen = async (change: () => void = () => undefined) => {
    await stage.close();
    change();
    await stage.open();
    await stage.ringAll();
    await stage.mailbox()!.prune();
  };
  const bringBack = () => {
    for (const message of [...stage.network.groups.values()].flatMap(({ posted }) => posted)) {
      if (stage.network.deleted.delete(message.id)) message.insertedAtNs = BigInt(stage.clock.now()) * 1_000_000n;
    }
  };
  const inJournal = (sql: string) => () => {
    const database = new DatabaseSync(stage.journalPath);
    database.exec(sql);
    database.close();
  };
  return { ...pruned, all: [gone, past, listed], reopen, bringBack, inJournal };
}

test.each<[string, (world: Awaited<ReturnType<typeof setUpPruned>>) => Promise<void>]>([
  ['a restart', async ({ reopen }) => reopen()],
  ['a clock that is set back', async ({ stage, reopen }) => reopen(() => stage.clock.advance(-30 * dayMs))],
  [
    'a cursor at the beginning',
    async ({ reopen, inJournal }) => reopen(inJournal("update meta set value = '0' where key = 'cursor-ns'")),
  ],
  ['a lost cursor', async ({ reopen, inJournal }) => reopen(inJournal("delete from meta where key = 'cursor-ns'"))],
  ['a lost journal', async ({ stage, reopen }) => reopen(() => rmSync(stage.journalPath))],
  [
    'an import of history',
    async ({ stage, bringBack }) => {
      bringBack();
      await stage.ringAll();
      await stage.mailbox()!.prune();
    },
  ],
  ['an import while it is closed', async ({ reopen, bringBack }) => reopen(bringBack)],
])('what was removed is not told again after %s', async (_, happens) => {
  const world = await setUpPruned();
  // Nobody finds out after an hour what was handled within it: decision 0023.
  world.stage.clock.advance(2 * 3_600_000);
  await happens(world);
  expect(world.told()).toEqual(world.all);
  const next = await world.stage.post(ann, null, 'next');
  expect(world.told()).toEqual([...world.all, next]);
});
