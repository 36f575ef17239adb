import { expect, test } from 'vitest';
import { refuseName } from './name.ts';

test.each(['alice.agent-23.xid.eth', 'Bob (ops)', '👨‍👩‍👧.eth', '♥️.eth', 'علی.eth', 'ns:1#2'])('%j is a name', (name) => {
  expect(refuseName(name)).toBeNull();
});

test.each([
  ['nothing', ''],
  ['spaces around', ' a'],
  ['a line break', 'a\nb'],
  ['a line separator', 'a\u2028b'],
  ['a terminal escape', '\u001b[2Ja'],
  ['a bidirectional override', 'a\u202eb'],
  ['a zero-width space', 'a\u200bb'],
  ['a tag character', 'a\u{e0041}'],
  ['a lone surrogate', 'a\ud800'],
  ['256 bytes', 'é'.repeat(128)],
  ['an address', `0x${'a'.repeat(40)}`],
])('refuses %s', (_what, name) => {
  expect(refuseName(name)).toMatchObject({ ok: false, code: 'INVALID_NAME' });
});
