import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { maxContentBytes } from '../constants.ts';
import { contentTypeName, decodeMessage, inflatedSize } from './decode-message.ts';
import { serializeContent } from './serialize-content.ts';

const type = (typeId: string, authorityId = 'xmtp.org') => ({ authorityId, typeId, versionMajor: 1, versionMinor: 0 });
const decode = (typeId: string, content: Uint8Array, compression?: number) =>
  decodeMessage({
    content: { type: type(typeId), parameters: {}, content, ...(compression === undefined ? {} : { compression }) },
  }).text;
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
  expect(decode('text', gzipSync(Buffer.alloc(maxContentBytes + 1)), 1)).toBeNull();
  expect(decode('attachment', bytes)).toBeNull();
});

test('a reply nests content of its own, and one that cannot be read has none', () => {
  const reference = 'ab'.repeat(32);
  const reply = (content: Uint8Array, parameters: Record<string, string> = { reference }) =>
    decodeMessage({ content: { type: type('reply'), parameters, content } });
  const nested = { type: type('text'), parameters: {}, content: Buffer.from('yes') };
  expect(reply(serializeContent(nested))).toMatchObject({
    type: 'reply',
    text: 'yes',
    replyTo: reference,
    content: { reference, content: { type: 'text', content: { text: 'yes' } } },
  });
  expect(reply(serializeContent({ ...nested, content: gzipSync('packed'), compression: 1 })).text).toBe('packed');
  expect(reply(serializeContent(nested), { reference: 'not an id\n' })).toMatchObject({ text: 'yes', replyTo: null });
  expect(reply(Buffer.from([0xff, 0xff]))).toMatchObject({ type: 'reply', text: null });
  const twice = { type: type('reply'), parameters: { reference }, content: serializeContent(nested) };
  expect(reply(serializeContent(twice)).content).toMatchObject({ content: { type: 'xmtp.org/reply:1.0' } });
});

test('a change of a group is believed to the network alone', () => {
  const content = { type: type('group_updated'), parameters: {}, content: Buffer.from([10, 2, 0x61, 0x62]) };
  expect(decodeMessage({ content })).toMatchObject({ type: 'xmtp.org/group_updated:1.0' });
  expect(decodeMessage({ content, isChange: true })).toMatchObject({
    type: 'groupUpdated',
    content: { initiatedByInboxId: 'ab', addedInboxes: [] },
  });
});

test('reactions of the first version read like those of the second', () => {
  const v1 = (text: string, parameters: Record<string, string> = {}) =>
    decodeMessage({ content: { type: type('reaction'), parameters, content: Buffer.from(text) } }).content;
  const said = { reference: 'ab', action: 'added', content: '+', schema: 'unicode' };
  expect(v1(JSON.stringify(said))).toEqual(said);
  expect(v1('+', { reference: 'ab', action: 'added', schema: 'unicode' })).toEqual(said);
  expect(v1('{"reference":1}')).toBeNull();
});

test('what would cost more to look at than it says is not read', () => {
  const intent = (text: string) =>
    decodeMessage({
      content: { type: { ...type('intent'), authorityId: 'coinbase.com' }, parameters: {}, content: Buffer.from(text) },
    }).content;
  expect(intent('{"id":"a","actionId":"b"}')).toEqual({ id: 'a', actionId: 'b' });
  const metadata = (value: string) => intent(`{"id":"a","actionId":"b","metadata":{"x":${value}}}`);
  expect(metadata('['.repeat(20) + ']'.repeat(20))).not.toBeNull();
  expect(metadata('['.repeat(40) + ']'.repeat(40))).toBeNull();
  expect(metadata(`[${'0,'.repeat(20_000)}0]`)).toBeNull();
  const empty = Buffer.alloc(500_000).fill(Buffer.from([0x0a, 0x00]));
  expect(
    decodeMessage({ content: { type: { ...type('multiRemoteStaticAttachment') }, parameters: {}, content: empty } })
      .content,
  ).toBeNull();
});

test("somebody else's type of the same name is not ours", () => {
  const content = { type: type('text', 'example.org'), parameters: {}, content: bytes };
  expect(decodeMessage({ content }).text).toBeNull();
  expect(contentTypeName(content)).toBe('example.org/text:1.0');
  expect(contentTypeName({})).toBe('unknown');
  expect(contentTypeName({ ...content, type: type('text\u001b[2J') })).toBe('invalid');
  expect(contentTypeName({ ...content, type: type('x'.repeat(200)) })).toBe('invalid');
});

test('what stands beside the content, and what a reply packs, is measured as well', () => {
  const content = Buffer.from('x');
  expect(inflatedSize({ parameters: { a: 'é'.repeat(10) }, fallback: 'f'.repeat(2_000), content })).toBe(997);
  const nested = { type: type('text'), parameters: {}, content: gzipSync(Buffer.alloc(900_000)), compression: 1 };
  expect(inflatedSize({ type: type('reply'), parameters: {}, content: serializeContent(nested) })).toBe(900_000);
});

test('the size of a message is what it inflates to, within the limit of what may be sent', () => {
  const sizeOf = (content: Uint8Array, compression?: number) =>
    inflatedSize({ parameters: {}, content, ...(compression === undefined ? {} : { compression }) });
  const zeros = Buffer.alloc(900_000);
  expect(sizeOf(bytes)).toBe(bytes.length);
  expect([sizeOf(deflateSync(zeros), 0), sizeOf(gzipSync(zeros), 1)]).toEqual([900_000, 900_000]);
  expect(sizeOf(gzipSync(Buffer.alloc(5_000_000)), 1)).toBe(maxContentBytes + 1);
  // Several members of one gzip file, and one packed twice, which only ever shows its first layer.
  expect(sizeOf(Buffer.concat([gzipSync(zeros), gzipSync(zeros)]), 1)).toBe(maxContentBytes + 1);
  expect(sizeOf(gzipSync(gzipSync(zeros)), 1)).toBe(gzipSync(zeros).length);
  expect([sizeOf(bytes, 1), sizeOf(bytes, 9)]).toEqual([bytes.length, bytes.length]);
});
