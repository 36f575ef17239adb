import { expect, test } from 'vitest';
import { storedMessage } from '../../test/stored-message.ts';
import { publishBatch, publishState } from './publish-batch.ts';

function setUp(statuses: Record<string, boolean>) {
  const calls: string[] = [];
  const client = {
    message: (id: string) => (id in statuses ? storedMessage({ id, isPublished: statuses[id] === true }) : null),
  };
  const conversation = {
    async publishOne(id: string) {
      calls.push(id);
    },
    async publishQueued() {
      throw new Error('no answer');
    },
  };
  return { client, conversation, calls };
}

test('singly, in order, and not past a message that did not get out', async () => {
  const { client, conversation, calls } = setUp({ a: true, b: false, c: false });
  expect(await publishBatch(client, conversation, ['a', 'b', 'c'], 'single')).toBeNull();
  expect(calls).toEqual(['a', 'b']);
});

test('an error is told, not thrown: only the status says what became of a message', async () => {
  const { client, conversation } = setUp({ a: true });
  expect(await publishBatch(client, conversation, ['a'], 'together')).toMatchObject({ message: 'no answer' });
});

test('what cannot be read is not settled', () => {
  const { client } = setUp({ a: false, b: true });
  expect(['a', 'b', 'gone'].map((id) => publishState(client, id))).toEqual(['unpublished', 'published', 'gone']);
  const released = {
    message(): never {
      throw new Error('Pool needs to reconnect before use');
    },
  };
  expect(publishState(released, 'a')).toBe('unpublished');
});
