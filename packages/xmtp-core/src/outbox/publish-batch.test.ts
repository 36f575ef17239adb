import { expect, test } from 'vitest';
import type { NativeClient } from '../sdk/native-client.ts';
import type { NativeConversation } from '../sdk/native-types.ts';
import { publishBatch, publishState } from './publish-batch.ts';

function setUp(statuses: Record<string, number>) {
  const calls: string[] = [];
  const client = {
    message: (id: string) => (id in statuses ? { deliveryStatus: statuses[id] } : null),
  } as unknown as NativeClient;
  const conversation = {
    async publishStoredMessage(id: string) {
      calls.push(id);
    },
    async publishMessages() {
      throw new Error('no answer');
    },
  } as unknown as NativeConversation;
  return { client, conversation, calls };
}

test('singly, in order, and not past a message that did not get out', async () => {
  const { client, conversation, calls } = setUp({ a: 1, b: 0, c: 0 });
  expect(await publishBatch(client, conversation, ['a', 'b', 'c'], 'single')).toBeNull();
  expect(calls).toEqual(['a', 'b']);
});

test('an error is told, not thrown: only the status says what became of a message', async () => {
  const { client, conversation } = setUp({ a: 1 });
  expect(await publishBatch(client, conversation, ['a'], 'together')).toMatchObject({ message: 'no answer' });
});

test('what cannot be read is not settled', () => {
  const { client } = setUp({ a: 0, b: 1, c: 2 });
  expect(['a', 'b', 'c', 'gone'].map((id) => publishState(client, id))).toEqual([
    'unpublished',
    'published',
    // What the SDK could not encode, on a full disk for example, can be published when there is space.
    'unpublished',
    'gone',
  ]);
  const released = {
    message() {
      throw new Error('Pool needs to reconnect before use');
    },
  } as unknown as NativeClient;
  expect(publishState(released, 'a')).toBe('unpublished');
});
