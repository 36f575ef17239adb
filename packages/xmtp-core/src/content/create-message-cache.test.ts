import { expect, test } from 'vitest';
import { createMessageCache } from './create-message-cache.ts';

const content = (length: number) => ({ text: 'x'.repeat(length), replyTo: null });

test('holds what came last, within its limit', () => {
  const cache = createMessageCache(1_000);
  cache.set('a', content(400));
  cache.set('b', content(200));
  expect(cache.get('a')).toBeUndefined();
  expect(cache.get('b')).toEqual(content(200));
  cache.set('b', content(300));
  cache.set('c', content(100));
  expect([cache.get('b') !== undefined, cache.get('c') !== undefined]).toEqual([true, true]);
  cache.delete('b');
  cache.delete('b');
  expect(cache.get('b')).toBeUndefined();
});

test('what costs much to decode is left until somebody reads it', () => {
  const cache = createMessageCache();
  const facts = { contentType: 'xmtp.org/text:1.0', contentBytes: 16_384 };
  expect(cache.isFor(facts)).toBe(true);
  expect(cache.isFor({ ...facts, contentBytes: 16_385 })).toBe(false);
  // A reply is read by the SDK, from its database.
  expect(cache.isFor({ ...facts, contentType: 'xmtp.org/reply:1.0' })).toBe(false);
});
