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
  const control = { publish: async (): Promise<void> => undefined };
  const publish = async (ids: readonly string[]) => {
    await control.publish();
    for (const id of ids) published.add(id);
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
      for (const stored of items) {
        stored.messageId = stored.content!.text;
        stored.markStored();
      }
    },
    onSettled: () => undefined,
    onStuck: () => undefined,
    onPublished: () => undefined,
    onIdle: () => undefined,
    random: () => 0,
    signal: stopped.signal,
    slotMs: 10,
  });
  return { lane, batches, control };
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
  const { lane, batches, control } = setUp();
  let failures = 2;
  control.publish = async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('away');
  };
  const [first, second] = [item('1'), item('2')];
  lane.add(first);
  await waitFor(() => batches.length === 1);
  lane.add(second);
  await first.settled;
  expect(batches).toEqual([['1']]);
  await second.settled;
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
