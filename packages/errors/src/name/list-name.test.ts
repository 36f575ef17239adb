import { expect, test } from 'vitest';
import { nameKey, readListedName, readListName } from './list-name.ts';

test.each([
  ['Alice.ETH', 'name', 'alice.eth'],
  ['❤️.eth', 'name', '❤.eth'],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿.eth', 'name', '🏴󠁧󠁢󠁥󠁮󠁧󠁿.eth'],
  ['👨‍👩‍👧.eth', 'name', '👨‍👩‍👧.eth'],
  ['al\u00ADice.eth', 'name', 'alice.eth'],
  ['Bob from work', 'label', 'Bob from work'],
  ['Dr. Bob', 'label', 'Dr. Bob'],
  ['Mum ❤️ 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'label', 'Mum ❤️ 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ['Zoe\u0308', 'label', 'Zoë'],
])('%j is the %s %j', (text, kind, form) => {
  expect(readListName(text)).toEqual({ ok: true, kind, text: form });
});

test.each([
  ['', 'is empty or has spaces around it'],
  [' bob', 'is empty or has spaces around it'],
  ['x'.repeat(256), 'is longer than 255 bytes'],
  [`0x${'A'.repeat(40)}`, 'is an address; put it under "address"'],
  ['al\u200Dice.eth', 'has characters that cannot be seen'],
  ['Ali\u3164ce', 'has characters that cannot be seen'],
  ['al\u034Fice', 'has characters that cannot be seen'],
  ['ali\uFE0Fce', 'has characters that cannot be seen'],
  ['alice\u3002eth', 'is not a valid ENS name (ENSIP-15)'],
  ['alice.eth.', 'is not a valid ENS name (ENSIP-15)'],
  ['xn--qei.eth', 'is not a valid ENS name (ENSIP-15)'],
  ['vital\u0456k.eth', 'is not a valid ENS name (ENSIP-15)'],
])('%j %s', (text, why) => {
  expect(readListName(text)).toEqual({ ok: false, why });
});

test('what stands in a file and is no name any more is a label, never a name', () => {
  expect(readListedName('vital\u0456k.eth')).toEqual({ ok: true, kind: 'label', text: 'vital\u0456k.eth' });
  expect(readListedName('al\u200Dice.eth').ok).toBe(false);
});

test('labels are one when case and composition aside they are', () => {
  expect(nameKey('ZOE\u0308 b')).toBe(nameKey('zoë B'));
});
