import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { hasUnseen, printable, printableJson, quoteInput } from './quote-input.ts';

it.each([
  ['a"b\\c', String.raw`"a\"b\\c"`],
  ['\n\r\t\0\u001b[31m', String.raw`"\u{a}\u{d}\u{9}\u{0}\u{1b}[31m"`],
  ['C1 \u009b31m NEL \u0085', String.raw`"C1 \u{9b}31m NEL \u{85}"`],
  ['\u202edlrow\u2066\u200f\u061c', String.raw`"\u{202e}dlrow\u{2066}\u{200f}\u{61c}"`],
  ['al\u200dice.eth al\ufe0fice', String.raw`"al\u{200d}ice.eth al\u{fe0f}ice"`],
  ['a\u034fb\u3164c\u2800d\u00a0e\u3000f\u00ad', String.raw`"a\u{34f}b\u{3164}c\u{2800}d\u{a0}e\u{3000}f\u{ad}"`],
  ['\ud800x\udfff \u{e0041}\ue000', String.raw`"\u{d800}x\u{dfff} \u{e0041}\u{e000}"`],
  ['e\u0301\u0302\u0303\u0304\u0305', String.raw`"é̂̃\u{304}\u{305}"`.normalize('NFD')],
  ['👨‍👩‍👧 ❤️ 1️⃣ 👍🏽 日本.eth', '"👨‍👩‍👧 ❤️ 1️⃣ 👍🏽 日本.eth"'],
])('%j is quoted as %s', (input, quoted) => {
  expect(quoteInput(input)).toBe(quoted);
});

it('what is long is cut, and no character in half', () => {
  expect(quoteInput('a'.repeat(100_000))).toBe(`"${'a'.repeat(80)}..."`);
  expect(quoteInput('👻'.repeat(81))).toBe(`"${'👻'.repeat(80)}..."`);
  expect(quoteInput('👻'.repeat(80))).toBe(`"${'👻'.repeat(80)}"`);
  expect(quoteInput('abcdef', { maxLength: 3 })).toBe('"abc..."');
  expect(quoteInput('аlice', { ascii: true })).toBe(String.raw`"\u{430}lice"`);
});

it('a terminal gets the line breaks and nothing else that it could obey', () => {
  expect(printable('one\ntwo\u001b[2J\u009b1m\r\u202e')).toBe('one\ntwo\\u{1b}[2J\\u{9b}1m\\u{d}\\u{202e}');
});

test.prop([fc.string({ unit: 'binary', maxLength: 300 })])('nothing unseen is left, on one line', (text) => {
  const quoted = quoteInput(text);
  expect(hasUnseen(quoted)).toBe(false);
  expect(quoted).not.toMatch(/[\n\r\u2028\u2029]/u);
  expect(hasUnseen(printable(text).replaceAll('\n', ''))).toBe(false);
});

it('JSON says the same with all in sight', () => {
  const value = { a: 'x\u009b31m\u202e\u007f\u{e0041}\n👨‍👩‍👧', 'k\u2066': [null, 1] };
  expect(printableJson(value)).toBe(String.raw`{"a":"x\u009b31m\u202e\u007f\udb40\udc41\n👨‍👩‍👧","k\u2066":[null,1]}`);
  expect(printableJson({ a: [] }, 2)).toBe('{\n  "a": []\n}');
});

test.prop([fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 2)])(
  'whoever parses it gets the value, and nothing in it is hidden',
  (value, space) => {
    const text = printableJson(value, space);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    expect(hasUnseen(text.replaceAll('\n', ''))).toBe(false);
  },
);
