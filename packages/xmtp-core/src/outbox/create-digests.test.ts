import { expect, test } from 'vitest';
import { createDigests } from './create-digests.ts';

const digests = createDigests(new Uint8Array(32).fill(1));
const request = { to: { address: '0xAB' }, text: 'yes' } as const;

test('a request is the same whatever the case of its address, and another for any other difference', () => {
  const digest = digests.request(request);
  expect(digests.request({ ...request, to: { address: '0xab' }, contentType: 'text' })).toBe(digest);
  const others = [
    { ...request, to: { conversationId: '0xab' } },
    { ...request, text: 'yes ' },
    { ...request, contentType: 'markdown' as const },
    { ...request, replyTo: '00' },
  ];
  expect(new Set([digest, ...others.map((other) => digests.request(other))]).size).toBe(5);
});

test('digests need the key: the text of a short message cannot be guessed from the journal', () => {
  const other = createDigests(new Uint8Array(32).fill(2));
  const content = { text: 'yes', contentType: 'text', replyTo: null } as const;
  expect(other.request(request)).not.toBe(digests.request(request));
  expect(other.content(content)).not.toBe(digests.content(content));
});
