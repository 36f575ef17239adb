import { expect, test } from 'vitest';
import { encodeReply } from '../content/encode-reply.ts';
import { encodeText } from '../content/encode-text.ts';
import { createDigests } from './create-digests.ts';

const digests = createDigests(new Uint8Array(32).fill(1));
const request = { to: { address: '0xAB' }, text: 'yes' } as const;
const attachment = {
  type: { authorityId: 'xmtp.org', typeId: 'attachment', versionMajor: 1, versionMinor: 0 },
  parameters: { filename: 'a.txt', mimeType: 'text/plain' },
  fallback: 'a file',
  content: Buffer.from('yes'),
};

test('a request is the same whatever the case of its address, and another for any other difference', () => {
  const digest = digests.request(request);
  expect(digests.request({ ...request, to: { address: '0xab' }, contentType: 'text' })).toBe(digest);
  const others = [
    { ...request, to: { conversationId: '0xab' } },
    { ...request, text: 'yes ' },
    { ...request, contentType: 'markdown' as const },
    { ...request, replyTo: '00' },
    { to: request.to, content: attachment },
    { to: request.to, content: attachment, replyTo: '00' },
  ];
  expect(new Set([digest, ...others.map((other) => digests.request(other))]).size).toBe(others.length + 1);
});

test('content is the same in whatever order its parameters stand, and another for any other difference', () => {
  const digest = digests.content(attachment);
  const { filename, mimeType } = attachment.parameters;
  expect(digests.content({ ...attachment, parameters: { mimeType, filename } })).toBe(digest);
  const others = [
    { ...attachment, type: { ...attachment.type, versionMinor: 1 } },
    { ...attachment, type: { ...attachment.type, authorityId: 'example.org' } },
    { ...attachment, parameters: { filename } },
    { ...attachment, parameters: { filename: mimeType, mimeType: filename } },
    { ...attachment, fallback: undefined },
    { ...attachment, content: Buffer.from('no') },
    encodeText('yes'),
    encodeText('yes', 'markdown'),
    encodeReply(encodeText('yes'), 'ab'.repeat(32)),
    encodeReply(encodeText('yes'), 'cd'.repeat(32)),
  ];
  expect(new Set([digest, ...others.map((other) => digests.content(other))]).size).toBe(others.length + 1);
});

test('digests need the key: the text of a short message cannot be guessed from the journal', () => {
  const other = createDigests(new Uint8Array(32).fill(2));
  const content = encodeText('yes');
  expect(other.request(request)).not.toBe(digests.request(request));
  expect(other.content(content)).not.toBe(digests.content(content));
});
