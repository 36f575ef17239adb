import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { createFrameReader, encodeFrame, readGroupMessage, readVarintField, readWelcomeId } from './wire.ts';

const id = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const groupId = fc.uint8Array({ minLength: 16, maxLength: 32 });

const varint = (value: bigint) => {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
};
/** Written by hand, independent of the code under test: tag, length, value. */
const field = (number: number, value: Uint8Array) =>
  Buffer.concat([Buffer.from([(number << 3) | 2]), varint(BigInt(value.length)), value]);
const groupMessage = (messageId: bigint, group: Uint8Array, data: Uint8Array, hmac: Uint8Array) => {
  const v1 = Buffer.concat([
    Buffer.from([8]),
    varint(messageId),
    Buffer.from([16, 1]),
    field(3, group),
    field(4, data),
    field(5, hmac),
    Buffer.from([48, 1]),
  ]);
  return Buffer.concat([Buffer.from([10]), varint(BigInt(v1.length)), v1]);
};

test.prop([
  id,
  groupId,
  fc.uint8Array({ minLength: 1, maxLength: 500 }),
  fc.uint8Array({ minLength: 1, maxLength: 32 }),
])('a message tells where it was posted and who marked it; one that is cut, only where', (n, group, data, hmac) => {
  const message = groupMessage(n, group, data, hmac);
  const where = { groupId: Buffer.from(group).toString('hex') };
  const whole = { ...where, data: Buffer.from(data), senderHmac: Buffer.from(hmac) };
  expect(readGroupMessage(message)).toEqual(whole);
  const beforeMark = message.length - hmac.length - 4;
  expect(readGroupMessage(message.subarray(0, beforeMark))).toEqual({ ...whole, senderHmac: null });
  expect(readGroupMessage(message.subarray(0, beforeMark - 1))).toEqual({ ...where, data: null, senderHmac: null });
});

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
