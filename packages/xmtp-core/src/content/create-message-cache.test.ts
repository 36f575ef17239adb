import { expect, test } from 'vitest';
import { goneMessage } from './decode-message.ts';
import { createMessageCache } from './create-message-cache.ts';

const content = (length: number) => ({ ...goneMessage('xmtp.org/text:1.0', 'expired'), text: 'x'.repeat(length) });

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
