import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import type { NativeClient } from '../sdk/native-client.ts';
import type { NativeConversation } from '../sdk/native-types.ts';
import { createSlots } from '../util/coalesce.ts';
import { createLane } from './create-lane.ts';
import { createOutboundItem, type OutboundItem } from './outbound-item.ts';

const item = (text: string): OutboundItem =>
  createOutboundItem({
    rowId: null,
    idempotencyKey: null,
    isDurable: false,
    requestDigest: '',
    contentDigest: '',
    conversationId: '',
    content: { text, contentType: 'text', replyTo: null },
    messageId: null,
  });

/** A conversation whose publishing the test controls; the real one is tested end to end. */
function setUp(slots = createSlots(8)) {
  const published = new Set<string>();
  const batches: string[][] = [];
  const log: string[] = [];
  const control = {
    publish: async (): Promise<void> => undefined,
    store: async (): Promise<void> => undefined,
  };
  const publish = async (ids: readonly string[]) => {
    await control.publish();
    for (const id of ids) published.add(id);
    log.push(`published ${ids.join()}`);
  };
  const conversation = {
    id: () => 'c',
    sync: async () => undefined,
    publishMessages: () => publish(batches.at(-1) ?? []),
    publishStoredMessage: (id: string) => publish([id]),
  } as unknown as NativeConversation;
  const client = {
    message: (id: string) => ({ deliveryStatus: published.has(id) ? 1 : 0 }),
  } as unknown as NativeClient;
  const stopped = new AbortController();
  onTestFinished(() => stopped.abort());
  const lane = createLane({
    conversation,
    client,
    slots,
    async store(_, items) {
      batches.push(items.map((stored) => stored.content!.text));
      log.push(`stored ${batches.at(-1)!.join()}`);
      await control.store();
      for (const stored of items) {
        stored.messageId = stored.content!.text;
        stored.markStored();
      }
    },
    onSettled: () => undefined,
    onStuck: () => undefined,
    onIdle: () => undefined,
    random: () => 0,
    signal: stopped.signal,
    slotMs: 10,
  });
  return { lane, batches, control, log };
}

test('what waits is gathered, at most 32 at once, in order', async () => {
  const { lane, batches } = setUp();
  const items = Array.from({ length: 70 }, (_, index) => item(String(index)));
  for (const entry of items) lane.add(entry);
  await Promise.all(items.map(({ settled }) => settled));
  expect(batches.map(({ length }) => length)).toEqual([32, 32, 6]);
  expect(batches.flat()).toEqual(items.map(({ content }) => content!.text));
});

test('a conversation that hangs does not hold up another, even when all slots are taken', async () => {
  const slots = createSlots(1);
  const [stuck, healthy] = [setUp(slots), setUp(slots)];
  stuck.control.publish = () => new Promise(() => undefined);
  stuck.lane.add(item('stuck'));
  await waitFor(() => stuck.batches.length === 1);
  const other = item('healthy');
  healthy.lane.add(other);
  expect(await other.settled).toEqual({ status: 'sent' });
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
  expect(log).toEqual(['stored 1', 'published 1', 'stored 2', 'published 2']);
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
