import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { contentTypeName, decodeMessage, inflatedSize } from './decode-message.ts';

const type = (typeId: string, authorityId = 'xmtp.org') => ({ authorityId, typeId, versionMajor: 1, versionMinor: 0 });
const noReply = () => null;
const decode = (typeId: string, content: Uint8Array, compression?: number) =>
  decodeMessage(
    {
      id: '1',
      content: { type: type(typeId), parameters: {}, content, ...(compression === undefined ? {} : { compression }) },
    },
    noReply,
  ).text;
const bytes = Buffer.from('grüß dich');

test('text and markdown are text, compressed or not', () => {
  expect(decode('text', bytes)).toBe('grüß dich');
  expect(decode('markdown', bytes)).toBe('grüß dich');
  expect(decode('text', deflateSync(bytes), 0)).toBe('grüß dich');
  expect(decode('text', gzipSync(bytes), 1)).toBe('grüß dich');
});

test('what cannot be decoded has no text, and a bomb is not unpacked', () => {
  expect(decode('text', Buffer.from([0xff]))).toBeNull();
  expect(decode('text', bytes, 1)).toBeNull();
  expect(decode('text', bytes, 9)).toBeNull();
  expect(decode('text', gzipSync(Buffer.alloc(1_000_001)), 1)).toBeNull();
  expect(decode('attachment', bytes)).toBeNull();
});

test('a reply is read by the SDK, and one that it cannot read has no text', () => {
  const message = { id: '7', content: { type: type('reply'), parameters: {}, content: bytes } };
  const reference = 'ab'.repeat(32);
  expect(decodeMessage(message, () => ({ reference, text: 'yes' }))).toEqual({ text: 'yes', replyTo: reference });
  const forged = () => ({ reference: 'not an id\n', text: 'yes' });
  expect(decodeMessage(message, forged)).toEqual({ text: 'yes', replyTo: null });
  const fail = () => {
    throw new Error('malformed');
  };
  expect(decodeMessage(message, fail)).toEqual({ text: null, replyTo: null });
});

test("somebody else's type of the same name is not ours", () => {
  const content = { type: type('text', 'example.org'), parameters: {}, content: bytes };
  expect(decodeMessage({ id: '1', content }, noReply).text).toBeNull();
  expect(contentTypeName(content)).toBe('example.org/text:1.0');
  expect(contentTypeName({ parameters: {}, content: bytes })).toBe('unknown');
  expect(contentTypeName({ ...content, type: type('text\u001b[2J') })).toBe('invalid');
  expect(contentTypeName({ ...content, type: type('x'.repeat(200)) })).toBe('invalid');
});

test('the size of a message is what it inflates to, within the limit of what may be sent', () => {
  const sizeOf = (content: Uint8Array, compression?: number) =>
    inflatedSize({ parameters: {}, content, ...(compression === undefined ? {} : { compression }) });
  const zeros = Buffer.alloc(900_000);
  expect(sizeOf(bytes)).toBe(bytes.length);
  expect([sizeOf(deflateSync(zeros), 0), sizeOf(gzipSync(zeros), 1)]).toEqual([900_000, 900_000]);
  expect(sizeOf(gzipSync(Buffer.alloc(5_000_000)), 1)).toBe(1_000_001);
  // Several members of one gzip file, and one packed twice, which only ever shows its first layer.
  expect(sizeOf(Buffer.concat([gzipSync(zeros), gzipSync(zeros)]), 1)).toBe(1_000_001);
  expect(sizeOf(gzipSync(gzipSync(zeros)), 1)).toBe(gzipSync(zeros).length);
  expect([sizeOf(bytes, 1), sizeOf(bytes, 9)]).toEqual([bytes.length, bytes.length]);
});
