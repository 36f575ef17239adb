import { expect, test } from 'vitest';
import { applicationMessage, deliveryStatus } from './native-types.ts';
import { toStoredMessage } from './to-stored-message.ts';

const failed: never = 2 as never;

test('what the SDK could not encode, on a full disk for example, can be published when there is space', () => {
  const { unpublished, published } = deliveryStatus;
  const states = [unpublished, published, failed].map((status) =>
    toStoredMessage({
      id: 'id',
      convoId: 'g',
      senderInboxId: 'alice',
      sentAtNs: 1n,
      insertedAtNs: 2n,
      kind: applicationMessage,
      deliveryStatus: status,
      content: { parameters: {}, content: new Uint8Array() },
    }),
  );
  expect(states.map(({ isPublished }) => isPublished)).toEqual([false, true, false]);
});
