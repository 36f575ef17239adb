import { expect, test } from 'vitest';
import { decodeText, indentingTab } from './decode-text.ts';

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

test.each([
  ['plain', Buffer.from('OWS_WALLET=bob\r\n'), { ok: true, text: 'OWS_WALLET=bob\r\n' }],
  ['with a mark', Buffer.from('\ufeffa: ü'), { ok: true, text: 'a: ü' }],
  ['nothing', Buffer.alloc(0), { ok: true, text: '' }],
  ['one byte', Buffer.from('a'), { ok: true, text: 'a' }],
  ['UTF-16 LE with a mark', Buffer.from('\ufeffa=b', 'utf16le'), { ok: false, why: 'is UTF-16; save it as UTF-8' }],
  ['UTF-16 BE with a mark', utf16be('\ufeffa=b'), { ok: false, why: 'is UTF-16; save it as UTF-8' }],
  ['UTF-16 LE without one', Buffer.from('a=b', 'utf16le'), { ok: false, why: 'is UTF-16; save it as UTF-8' }],
  ['UTF-16 BE without one', utf16be('a=b'), { ok: false, why: 'is UTF-16; save it as UTF-8' }],
  ['a NUL', Buffer.from('abc\0d'), { ok: false, why: 'holds NUL bytes, so it is no text; save it as UTF-8' }],
  ['Latin-1', Buffer.from('a=ü', 'latin1'), { ok: false, why: 'is not UTF-8; save it as UTF-8' }],
])('%s', (_what, bytes, read) => {
  expect(decodeText(bytes)).toEqual(read);
});

test('a tab counts where it indents, and not after what is at fault', () => {
  expect(indentingTab('a:\n\t- b')).toBe(3);
  expect(indentingTab('a:\n  \tb: c')).toBe(5);
  expect(indentingTab('a:\tb\n# x\ty')).toBeNull();
  expect(indentingTab('a: [\nb\n\tc', 4)).toBeNull();
});
