import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { readNodes, readPosted } from './envelope-wire.ts';
import { bytesField, varintField } from './wire.ts';

const bytes = (maxLength: number) => fc.uint8Array({ minLength: 1, maxLength });
const envelope = (topic: Uint8Array, message: Uint8Array) => {
  const client = Buffer.concat([bytesField(1, bytesField(2, topic)), bytesField(2, bytesField(1, message))]);
  const unsigned = Buffer.concat([varintField(1, 100n), varintField(2, 7n), bytesField(4, bytesField(1, client))]);
  return bytesField(1, bytesField(1, unsigned));
};

test.prop([fc.array(fc.record({ id: bytes(32), data: bytes(300), mark: bytes(32), isWelcome: fc.boolean() }))])(
  'each envelope of a frame rings for its topic, with its ciphertext and mark',
  (posted) => {
    const frame = posted.map(({ id, data, mark, isWelcome }) =>
      envelope(
        Buffer.concat([Buffer.of(isWelcome ? 1 : 0), id]),
        Buffer.concat([bytesField(1, data), bytesField(2, mark)]),
      ),
    );
    const expected = posted.map(({ id, data, mark, isWelcome }) =>
      isWelcome ? 'welcome' : { groupId: Buffer.from(id).toString('hex'), data, senderHmac: mark },
    );
    const plain = readPosted(Buffer.concat(frame)).map((one) =>
      one === 'welcome'
        ? one
        : { ...one, data: Uint8Array.from(one.data!), senderHmac: Uint8Array.from(one.senderHmac!) },
    );
    expect(plain).toEqual(expected);
  },
);

test.prop([fc.uint8Array({ maxLength: 400 })])('nothing that a node sends makes the reading fail', (garbage) => {
  for (const { groupId } of readPosted(Buffer.from(garbage)).filter((one) => one !== 'welcome')) {
    expect(groupId).toMatch(/^([0-9a-f]{2})+$/);
  }
  expect(Array.isArray(readNodes(Buffer.from(garbage)))).toBe(true);
});
