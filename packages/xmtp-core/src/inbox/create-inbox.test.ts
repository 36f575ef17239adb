import { join } from 'node:path';
import { createSteadyClock } from '@xmtp-messaging/errors';
import { createManualClock, temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../journal/open-journal.ts';
import { createInbox } from './create-inbox.ts';
import { createInboundStore, type NewInbound } from './create-inbound-store.ts';
import { createDroppedStore } from './create-dropped-store.ts';

const nothing = { type: 'text', content: null, fallback: null, text: null, replyTo: null, gone: null };

async function setUp() {
  const clock = createManualClock(1_000);
  const path = join(await temporaryDirectory(), 'journal.db');
  const journal = openJournal({ path, onCommitFailure: () => undefined });
  onTestFinished(() => journal.close());
  const inbound = createInboundStore(journal);
  const dropped = createDroppedStore(journal);
  const failures: string[] = [];
  const read = ({ messageId: id }: { messageId: string }) => ({ ...nothing, text: `text of ${id}` });
  const steady = createSteadyClock(() => clock.now());
  const again = (byClock?: () => number) =>
    createInbox({
      journal,
      inbound,
      dropped,
      read,
      attachments: () => [],
      forget: () => undefined,
      onListenerFailure: () => failures.push('failed'),
      now: () => clock.now(),
      steady: byClock,
    }).inbox;
  const inbox = again(steady);
  const accept = (messageId: string, conversationId: string) =>
    inbound.insert({ ...message, messageId, conversationId, receivedAt: clock.now() }, steady());
  return { clock, steady, inbox, again, failures, inbound, dropped, journal, accept };
}

const message: NewInbound = {
  messageId: '',
  conversationId: '',
  conversationType: 'dm',
  senderInboxId: 'sender',
  senderAddresses: ['0x1'],
  contentType: 'xmtp.org/text:1.0',
  contentBytes: 3,
  sentAt: 900,
  sender: 'allowlisted',
  receivedAt: 1_000,
  historical: false,
};

test('due gives the oldest pending of each conversation; only an ack lets the next one pass', async () => {
  const { inbox, accept } = await setUp();
  accept('a1', 'A');
  accept('b1', 'B');
  accept('a2', 'A');
  const due = async () => (await inbox.due()).map(({ messageId }) => messageId);
  expect(await due()).toEqual(['a1', 'b1']);
  expect(inbox.ack('a1')).toBe(true);
  expect(inbox.ack('a1')).toBe(true);
  expect(inbox.ack('never heard of')).toBe(false);
  expect(await due()).toEqual(['b1', 'a2']);
});

test('a failed attempt waits and holds up its own conversation only', async () => {
  const { inbox, accept, clock } = await setUp();
  accept('a1', 'A');
  accept('a2', 'A');
  accept('b1', 'B');
  inbox.ack('b1');
  expect(inbox.retryLater('a1', { error: 'HTTP 500', retryAt: 5_000 })).toBe(true);
  expect(await inbox.due()).toEqual([]);
  expect(inbox.nextDueAt()).toBe(5_000);
  clock.advance(4_000);
  expect(await inbox.due()).toMatchObject([
    { messageId: 'a1', attempts: 1, lastError: 'HTTP 500', text: 'text of a1' },
  ]);
});

test('what waits can be woken at once; its attempts stay', async () => {
  const { inbox, accept, clock, inbound } = await setUp();
  accept('a1', 'A');
  accept('b1', 'B');
  accept('c1', 'C');
  inbox.retryLater('a1', { error: 'HTTP 500', retryAt: 90_000 });
  expect(inbox.postpone('b1', { reason: 'held back', until: 80_000 })).toBe(true);
  expect(await inbox.due()).toMatchObject([{ messageId: 'c1' }]);
  expect(inbox.wakeAll()).toBe(2);
  expect(await inbox.due()).toMatchObject([
    { messageId: 'a1', attempts: 1, lastError: 'HTTP 500', nextAttemptAt: clock.now() },
    { messageId: 'b1', attempts: 0, lastError: 'held back' },
    { messageId: 'c1', attempts: 0 },
  ]);
  expect([inbox.wakeAll(), inbound.counts().pending]).toEqual([0, 3]);
  inbox.ack('b1');
  expect(inbox.postpone('b1', { reason: 'late', until: 80_000 })).toBe(false);
});

test('all dead letters can be replayed at once, the oldest first', async () => {
  const { inbox, accept, inbound } = await setUp();
  for (const id of ['a1', 'b1', 'c1']) {
    accept(id, id);
    inbox.bury(id, 'gave up');
  }
  const heard: string[] = [];
  inbox.subscribe(({ messageId }) => heard.push(messageId));
  expect([inbox.replayAll({ limit: 2 }), heard]).toEqual([2, ['a1', 'b1']]);
  expect([inbox.replayAll(), inbox.replayAll()]).toEqual([1, 0]);
  expect(inbound.counts()).toMatchObject({ pending: 3, dead: 0 });
});

test('dead letters are visible, can be replayed or discarded, and let the next one pass', async () => {
  const { inbox, accept } = await setUp();
  accept('a1', 'A');
  accept('a2', 'A');
  const heard: string[] = [];
  inbox.subscribe(({ messageId }) => heard.push(messageId));
  expect(inbox.bury('a1', 'gave up')).toBe(true);
  expect(inbox.bury('a1', 'gave up')).toBe(false);
  expect(await inbox.due()).toMatchObject([{ messageId: 'a2' }]);
  expect(await inbox.list({ states: ['dead'] })).toMatchObject([{ messageId: 'a1', lastError: 'gave up' }]);
  expect(inbox.replay('a1')).toBe(true);
  expect(heard).toEqual(['a1']);
  expect(await inbox.due()).toMatchObject([{ messageId: 'a1', attempts: 0 }]);
  inbox.bury('a1', 'again');
  expect(inbox.discard('a1')).toBe(true);
  expect(inbox.replay('a1')).toBe(false);
  expect(inbox.ack('a1')).toBe(true);
  expect(await inbox.get('a1')).toMatchObject({ state: 'discarded' });
});

test('list pages by position, which is never given twice', async () => {
  const { inbox, accept } = await setUp();
  expect([inbox.lastSeq(), inbox.nextDueAt()]).toEqual([0, null]);
  for (const id of ['m1', 'm2', 'm3']) accept(id, 'A');
  const [first] = await inbox.list({ limit: 1 });
  const rest = await inbox.list({ after: first!.seq });
  expect(rest.map(({ messageId }) => messageId)).toEqual(['m2', 'm3']);
  expect(inbox.lastSeq()).toBe(rest.at(-1)!.seq);
  await expect(inbox.list({ limit: 0 })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
});

test('counts stay in step, also for the next process', async () => {
  const { inbox, inbound, journal, accept } = await setUp();
  for (const id of ['m1', 'm2', 'm3', 'm4']) accept(id, 'A');
  inbox.ack('m1');
  inbox.bury('m2', 'x');
  const expected = { pending: 2, dead: 1, delivered: 1, oldestPendingAt: 1_000 };
  expect(inbound.counts()).toEqual(expected);
  expect(createInboundStore(journal).counts()).toEqual(expected);
});

test('who was turned away is counted by sender and reason, newest first, each message once', async () => {
  const { inbox, dropped } = await setUp();
  const drop = (messageId: string, senderInboxId: string, at: number) =>
    dropped.drop({ messageId, insertedNs: 5n }, { senderInboxId, senderAddresses: ['0x2'], reason: 'not-listed', at });
  drop('m1', 'x', 10);
  drop('m1', 'x', 11);
  drop('m2', 'x', 12);
  drop('m3', 'y', 13);
  expect(inbox.dropped()).toMatchObject([
    { senderInboxId: 'y', count: 1 },
    { senderInboxId: 'x', count: 2, firstAt: 10, lastAt: 12 },
  ]);
  expect([dropped.has('m1'), dropped.total()]).toEqual([true, 3]);
  dropped.prune(6n);
  expect(dropped.has('m1')).toBe(false);
});

test('a listener that throws keeps nobody else from hearing', async () => {
  const { inbox, accept, failures } = await setUp();
  accept('a1', 'A');
  inbox.bury('a1', 'x');
  const heard: string[] = [];
  inbox.subscribe(() => {
    throw new Error('no');
  });
  const unsubscribe = inbox.subscribe(({ messageId }) => heard.push(messageId));
  inbox.replay('a1');
  expect([heard, failures]).toEqual([['a1'], ['failed']]);
  unsubscribe();
  inbox.bury('a1', 'x');
  inbox.replay('a1');
  expect(heard).toEqual(['a1']);
});

test.each([-3_600_000, 3_600_000, -60_000])(
  'a clock that steps by %i ms keeps nothing waiting for longer',
  async (step) => {
    const { inbox, accept, clock } = await setUp();
    accept('first', 'A');
    accept('second', 'B');
    inbox.retryLater('first', { error: 'x', retryAt: clock.now() + 500 });
    clock.advance(step);
    accept('third', 'C');
    expect((await inbox.due()).map(({ messageId }) => messageId)).toContain('third');
    expect(inbox.nextDueAt()! - clock.now()).toBeLessThanOrEqual(500);
    inbox.retryLater('second', { error: 'x', retryAt: clock.now() + 500 });
    clock.advance(500);
    expect((await inbox.due()).map(({ messageId }) => messageId).toSorted()).toEqual(['first', 'second', 'third']);
  },
);

test('a start ends all waiting: what an earlier process wrote was by another clock', async () => {
  const { inbox, accept, clock, inbound, again } = await setUp();
  accept('first', 'A');
  inbox.retryLater('first', { error: 'x', retryAt: clock.now() + 3_600_000 });
  expect(await inbox.due()).toEqual([]);
  clock.advance(-7_200_000);
  expect((await again().due()).map(({ messageId }) => messageId)).toEqual(['first']);
  expect(inbound.get('first')?.attempts).toBe(1);
});

test('reading many messages gives others a turn between them', async () => {
  const { inbox, accept } = await setUp();
  for (let at = 0; at < 40; at += 1) accept(`m${at}`, `c${at}`);
  for (const read of [() => inbox.due(), () => inbox.list()]) {
    let turns = 0;
    let reading = true;
    const count = () => {
      turns += 1;
      if (reading) setImmediate(count);
    };
    setImmediate(count);
    expect(await read()).toHaveLength(40);
    reading = false;
    expect(turns).toBeGreaterThanOrEqual(39);
  }
});

test('what was settled while others were read is not due any more', async () => {
  const { inbox, accept, clock } = await setUp();
  for (const id of ['a', 'b', 'c', 'd']) accept(id, id);
  const due = inbox.due();
  inbox.ack('a');
  inbox.retryLater('b', { error: 'no', retryAt: clock.now() + 1_000 });
  inbox.bury('c', 'no');
  expect((await due).map(({ messageId }) => messageId)).toEqual(['d']);
});

test('what is taken back while it is asked who is there is not handed out', async () => {
  const { inbound, dropped, journal, clock, accept } = await setUp();
  accept('a1', 'A');
  accept('b1', 'B');
  const read = ({ messageId }: { messageId: string }) =>
    inbound.isDeleted(messageId)
      ? { ...nothing, gone: 'deleted' as const }
      : { ...nothing, text: `text of ${messageId}` };
  const takeBack = new Set<string>();
  const { inbox } = createInbox({
    journal,
    inbound,
    dropped,
    read,
    people: () => async () => {
      for (const id of takeBack) inbound.noteDeletion(id, 'sender', clock.now());
      return { members: null, named: [] };
    },
    attachments: () => [],
    forget: () => undefined,
    onListenerFailure: () => undefined,
    now: () => clock.now(),
  });
  takeBack.add('a1');
  const said = (messages: readonly { text: string | null; gone: string | null }[]) =>
    messages.map(({ text, gone }) => text ?? gone);
  expect(said(await inbox.list())).toEqual(['deleted', 'text of b1']);
  takeBack.add('b1');
  expect(said(await inbox.due())).toEqual(['deleted', 'deleted']);
});
