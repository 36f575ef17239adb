import { expect, test } from 'vitest';
import { checkListedName, checkName } from './check-name.ts';

test.each([
  ['alice.agent-23.xid.eth', 'alice.agent-23.xid.eth'],
  ['Bob (ops)', 'Bob (ops)'],
  ['👨‍👩‍👧.eth', '👨‍👩‍👧.eth'],
  ['♥️.eth', '♥.eth'],
  ['علی.eth', 'علی.eth'],
  ['ns:1#2', 'ns:1#2'],
])('%j is kept as %j', (text, name) => {
  expect(checkName(text)).toEqual({ ok: true, name });
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
  ['a joiner outside emoji', 'al\u200dice.eth'],
  ['a filler', 'al\u3164ice.eth'],
  ['a lone surrogate', 'a\ud800'],
  ['256 bytes', 'é'.repeat(128)],
  ['an address', `0x${'a'.repeat(40)}`],
])('refuses %s', (_what, name) => {
  expect(checkName(name)).toMatchObject({ ok: false, code: 'INVALID_NAME' });
  expect(checkListedName(name)).toMatchObject({ ok: false, code: 'INVALID_NAME' });
});

test('what only looks like a name is refused, and stays a label where a file has it', () => {
  expect(checkName('vital\u0456k.eth')).toMatchObject({ code: 'INVALID_NAME' });
  expect(checkListedName('vital\u0456k.eth')).toEqual({ ok: true, name: 'vital\u0456k.eth' });
});
