import { waitFor } from '@xmtp-messaging/testing';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { storedMessage } from '../../test/stored-message.ts';
import { encodeText } from '../content/encode-text.ts';
import { publishTogether } from '../constants.ts';
import type { Conversation } from '../sdk/conversation.ts';
import { createLane } from './create-lane.ts';
import { createOutboundItem, type OutboundItem } from './create-outbound-item.ts';
import type { SendRecords } from './create-send-records.ts';

const item = (text: string): OutboundItem =>
  createOutboundItem({
    rowId: null,
    idempotencyKey: null,
    isDurable: false,
    requestDigest: '',
    contentDigest: '',
    conversationId: '',
    content: encodeText(text),
    messageId: null,
  });

const textOf = ({ content }: OutboundItem) => Buffer.from(content!.content).toString();

/** A conversation whose publishing the test controls; the real one is tested end to end. */
function setUp() {
  const published = new Set<string>();
  const batches: string[][] = [];
  const log: string[] = [];
  const modes: string[] = [];
  const control = {
    isMember: true,
    isDirect: true,
    refresh: async (): Promise<void> => undefined,
    sync: async (): Promise<void> => undefined,
    publish: async (): Promise<void> => undefined,
    store: async (): Promise<void> => undefined,
  };
  const publish = async (ids: readonly string[]) => {
    await control.publish();
    for (const id of ids) published.add(id);
    log.push(`published ${ids.join()}`);
  };
  const conversation = {
    id: 'c',
    async sync() {
      await control.sync();
    },
    isMember: () => control.isMember,
    mayWrite: () => control.isMember,
    isDirect: () => control.isDirect,
    async refreshMembers() {
      await control.refresh();
      // No answer comes within the turn that asks.
      await turn();
      log.push('refreshed');
    },
    publishQueued: () => publish(batches.at(-1) ?? []),
    publishOne: (id: string) => publish([id]),
  };
  const client = {
    message: (id: string) => storedMessage({ id, isPublished: published.has(id) }),
  };
  const stopped = new AbortController();
  onTestFinished(() => stopped.abort());
  const records: SendRecords = {
    async announce(items, mode) {
      log.push(`announced ${items.map(textOf).join()}`);
      modes.push(mode);
      for (const entry of items) entry.rowId = 1;
      await turn();
    },
    async store(_, items, mode) {
      batches.push(items.map(textOf));
      log.push(`${mode === 'queued' ? 'stored' : mode} ${batches.at(-1)!.join()}`);
      await control.store();
      for (const stored of items) {
        stored.messageId = textOf(stored);
        stored.markStored();
      }
    },
    settle: () => undefined,
    remove: () => undefined,
  };
  const lane = createLane({
    conversation: conversation as Conversation,
    client,
    records,
    onSent: () => undefined,
    onStuck: () => undefined,
    onIdle: () => undefined,
    random: () => 0,
    signal: stopped.signal,
  });
  return { lane, batches, control, log, modes };
}

test('what waits is gathered, at most 32 at once, in order', async () => {
  const { lane, batches, log } = setUp();
  const items = Array.from({ length: 70 }, (_, index) => item(String(index)));
  for (const entry of items) lane.add(entry);
  await Promise.all(items.map(({ settled }) => settled));
  const announced = log.flatMap((line) => /^announced (.*)/.exec(line)?.[1]!.split(',').length ?? []);
  expect(announced).toEqual([32, 32, 6]);
  expect(batches.flat()).toEqual(items.map(textOf));
});

test('the members are looked up once for each batch, before any of it is queued', async () => {
  const { lane, log } = setUp();
  const items = Array.from({ length: 34 }, (_, index) => item(String(index)));
  for (const entry of items) lane.add(entry);
  await Promise.all(items.map(({ settled }) => settled));
  const steps = log.map((line) => line.split(' ')[0]).filter((step) => step === 'refreshed' || step === 'stored');
  const batch = (size: number) => [
    'refreshed',
    ...Array.from({ length: Math.ceil(size / publishTogether) }, () => 'stored'),
  ];
  expect(steps).toEqual([...batch(32), ...batch(2)]);
});

test('while the members cannot be looked up, messages are kept without an intent and go out by id', async () => {
  const { lane, control, log } = setUp();
  let failures = 2;
  control.refresh = async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('away');
  };
  const [first, second] = [item('1'), item('2')];
  lane.add(first);
  lane.add(second);
  await Promise.all([first.settled, second.settled]);
  expect(log).toEqual(['announced 1,2', 'parked 1,2', 'refreshed', 'published 1', 'published 2']);
});

test('who is not a member any more is refused, before and after its message was stored', async () => {
  const { lane, control, batches } = setUp();
  control.publish = async () => {
    control.isMember = false;
    throw new Error('inactive');
  };
  const [first, second] = [item('1'), item('2')];
  lane.add(first);
  await waitFor(() => batches.length === 1);
  lane.add(second);
  for (const { settled } of [first, second]) {
    expect(await settled).toMatchObject({ status: 'failed', error: { code: 'NOT_A_MEMBER', retryable: false } });
  }
  expect(batches).toEqual([['1']]);
});

test.for([
  ['one alone is kept without an intent', ['1'], ['announced 1', 'parked 1'], ['published 1']],
  ['several are written down', ['1', '2'], ['announced 1,2'], ['stored 1,2', 'published 1,2']],
] as const)('while the members are looked up, %s, and nothing can go out', async ([, texts, before, after]) => {
  const { lane, control, log, modes } = setUp();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  control.refresh = () => answered;
  const items = texts.map(item);
  for (const each of items) lane.add(each);
  await waitFor(() => log.length === before.length);
  await turn();
  expect(log).toEqual(before);
  answer();
  await Promise.all(items.map(({ settled }) => settled));
  expect(log).toEqual([...before, 'refreshed', ...after]);
  expect(modes).toEqual([texts.length === 1 ? 'parked' : 'queued']);
});

test('the question about the members leaves before this thread is kept busy', async () => {
  const { lane, control, log } = setUp();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  control.refresh = () => {
    log.push('asked');
    return answered;
  };
  const only = item('1');
  lane.add(only);
  for (let step = 0; step < 20; step += 1) await Promise.resolve();
  expect(log).toEqual(['asked']);
  answer();
  await only.settled;
  expect(log.slice(0, 2)).toEqual(['asked', 'announced 1']);
});

test.for([
  ['where the network is far, the members are looked up while others are published', 50, 2],
  ['where it is near, afterwards', 1, 1],
] as const)('for those who wait, %s', async ([, lookMs, expected]) => {
  const { lane, batches, control } = setUp();
  let passed = 0;
  // A turn of a busy machine may take as long as a look: only what the test lets pass counts.
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => passed);
  onTestFinished(() => clock.mockRestore());
  let looks = 0;
  control.refresh = async () => {
    looks += 1;
    passed += lookMs;
  };
  const { promise: onItsWay, resolve: release } = Promise.withResolvers<void>();
  control.publish = () => onItsWay;
  const [first, second] = [item('1'), item('2')];
  lane.add(first);
  await waitFor(() => batches.length === 1);
  for (let turns = 0; turns < 5; turns += 1) await turn();
  lane.add(second);
  for (let turns = 0; turns < 5; turns += 1) await turn();
  expect(looks).toBe(expected);
  release();
  await Promise.all([first.settled, second.settled]);
  expect(looks).toBe(2);
});

test('in a group one alone is queued behind the look as well, for its publication fetches who was removed', async () => {
  const { lane, control, log } = setUp();
  control.isDirect = false;
  const only = item('1');
  lane.add(only);
  await only.settled;
  expect(log).toEqual(['announced 1', 'refreshed', 'stored 1', 'published 1']);
});

test('in a group nothing goes out by its id before who was removed is read, however often that fails', async () => {
  const { lane, control, log } = setUp();
  control.isDirect = false;
  let unread = 2;
  control.sync = async () => {
    log.push('read back');
    unread -= 1;
    if (unread >= 0) throw new Error('away');
  };
  control.refresh = async () => {
    control.refresh = async () => undefined;
    throw new Error('away');
  };
  const only = item('1');
  lane.add(only);
  await only.settled;
  expect(log).toEqual(['announced 1', 'parked 1', 'read back', 'read back', 'read back', 'refreshed', 'published 1']);
});

test('one alone that took longer to store than a look holds goes out behind another look', async () => {
  const { lane, control, log } = setUp();
  const { promise: stored, resolve: store } = Promise.withResolvers<void>();
  control.store = () => stored;
  lane.add(item('1'));
  await waitFor(() => log.includes('refreshed'));
  const now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now + 6_000);
  onTestFinished(() => clock.mockRestore());
  store();
  await turn();
  clock.mockRestore();
  await waitFor(() => log.includes('published 1'));
  expect(log).toEqual(['announced 1', 'refreshed', 'parked 1', 'refreshed', 'published 1']);
});

test('nothing overtakes what is not settled, and a failure is tried again', async () => {
  const { lane, batches, control, log } = setUp();
  let failures = 2;
  control.publish = async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('away');
  };
  const [first, second] = [item('1'), item('2')];
  lane.add(first);
  await waitFor(() => batches.length === 1);
  lane.add(second);
  await Promise.all([first.settled, second.settled]);
  const steps = log.filter((line) => /^parked|^published/.test(line));
  expect(steps).toEqual(['parked 1', 'published 1', 'parked 2', 'published 2']);
});

test('while more waits, callers are told when the next batch is on its way', async () => {
  const { lane, batches, control } = setUp();
  const [first, second] = [item('1'), item('2')];
  const told: string[] = [];
  void first.settled.then(() => told.push(`1 after ${batches.length}`));
  void second.settled.then(() => told.push(`2 after ${batches.length}`));
  const { promise: onItsWay, resolve: release } = Promise.withResolvers<void>();
  control.publish = () => onItsWay;
  lane.add(first);
  await waitFor(() => batches.length === 1);
  lane.add(second);
  release();
  await Promise.all([first.settled, second.settled]);
  expect(told).toEqual(['1 after 2', '2 after 2']);
});

/** One send that has settled and one behind it that hangs while it is stored. */
async function setUpHanging() {
  const { lane, batches, control } = setUp();
  const [first, second] = [item('1'), item('2')];
  const { promise: onItsWay, resolve: release } = Promise.withResolvers<void>();
  control.publish = () => onItsWay;
  control.store = () => (batches.length < 2 ? Promise.resolve() : new Promise(() => undefined));
  lane.add(first);
  await waitFor(() => batches.length === 1);
  lane.add(second);
  release();
  return { lane, batches, first };
}

test('a caller is not kept waiting for a batch that hangs', async () => {
  const { first } = await setUpHanging();
  expect(await first.settled).toEqual({ status: 'sent' });
});

test('what has settled is told at once when asked for', async () => {
  const { lane, batches, first } = await setUpHanging();
  await waitFor(() => batches.length === 2);
  lane.tell();
  first.settle({ status: 'unknown' });
  expect(await first.settled).toEqual({ status: 'sent' });
});

test('only what is not stored yet can be withdrawn', async () => {
  const { lane, batches, control } = setUp();
  control.publish = () => new Promise(() => undefined);
  const [first, second] = [item('1'), item('2')];
  lane.add(first);
  await waitFor(() => batches.length === 1);
  lane.add(second);
  expect([lane.withdraw(first), lane.withdraw(second), lane.withdraw(second)]).toEqual([false, true, false]);
});
