import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { createFrameReader, encodeFrame, readGroupMessage, readVarintField, readWelcomeId } from './wire.ts';

const id = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const groupId = fc.uint8Array({ minLength: 16, maxLength: 32 });

/** Written by hand, independent of the code under test: tag, length, value. */
const field = (number: number, value: Uint8Array) =>
  Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), value]);
const varint = (value: bigint) => {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
};
const groupMessage = (messageId: bigint, group: Uint8Array, data: number) => {
  const v1 = Buffer.concat([
    Buffer.from([8]),
    varint(messageId),
    Buffer.from([16, 1]),
    field(3, group),
    Buffer.alloc(data),
  ]);
  return Buffer.concat([Buffer.from([10]), varint(BigInt(v1.length)), v1]);
};

test.prop([id, groupId, fc.nat(500)])(
  'a message tells where it was posted, even when only its start is kept',
  (n, group, size) => {
    const message = groupMessage(n, group, size);
    const expected = { groupId: Buffer.from(group).toString('hex'), id: n };
    expect(readGroupMessage(message)).toEqual(expected);
    expect(readGroupMessage(message.subarray(0, 64))).toEqual(expected);
  },
);

test.prop([fc.uint8Array()])('garbage is "not there", never an exception or an endless loop', (bytes) => {
  const message = Buffer.from(bytes);
  readGroupMessage(message);
  expect(typeof readWelcomeId(message)).toBe('bigint');
  expect(['bigint', 'object']).toContain(typeof readVarintField(message, 1));
});

test.prop([fc.array(fc.uint8Array({ maxLength: 300 })), fc.array(fc.nat(64), { minLength: 1 })])(
  'frames are found however the bytes are cut, and only their start is kept',
  (messages, cuts) => {
    const bytes = Buffer.concat(messages.map(encodeFrame));
    const found: Buffer[] = [];
    const read = createFrameReader((frame) => found.push(frame), 100);
    for (let offset = 0, turn = 0; offset < bytes.length; turn += 1) {
      const size = cuts[turn % cuts.length]! + 1;
      read(bytes.subarray(offset, offset + size));
      offset += size;
    }
    expect(found).toEqual(messages.map((message) => Buffer.from(message.subarray(0, 100))));
  },
);
