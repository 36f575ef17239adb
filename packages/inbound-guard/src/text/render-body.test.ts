import { describe, expect, test } from 'vitest';
import { sampleMessage } from '../../test/samples.ts';
import { createBoundary } from '../boundary/create-boundary.ts';
import { renderBody } from './render-body.ts';

const rendered = (text: string) => renderBody(text).text;

describe('where a hidden character stays', () => {
  test.each([
    ['a non-joiner between letters of a joining script', 'می\u200Cخ'],
    ['a joiner between a consonant and another', 'ක්\u200Dෂ'],
    ['a joiner after a virama at the end of a word', 'അവന്\u200D '],
    ['a zero-width space between Thai letters', 'ก\u200Bข'],
    ['a joiner between pictographs', '👩\u200D👧'],
    ['a joiner after a skin tone', '🧑🏻\u200D🧑🏿'],
    ['a joiner after a selector', '❤\uFE0F\u200D🔥'],
    ['a selector after an emoji, of either kind', '☎\uFE0E☎\uFE0F'],
    ['the flag of Wales', '🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}'],
    ['a Mongolian selector beside its letter', 'ᠨ\u180Bᠨ'],
    ['a Hangul filler beside a jamo', '\u115Fᅡ'],
    ['a hieroglyphic joiner beside a sign', '𓀀\u{13430}𓀀'],
    ['marks of direction on a line that is written from right to left', 'א\u200E.\u200Fב'],
    ['isolates that close, on such a line', 'א \u2067ב \u2066c\u2069\u202Ad\u202C \u2069ג'],
    ['a mark that encloses digits', '\u0600١٢'],
  ])('%s', (_name, text) => expect(rendered(text)).toBe(text));
});

describe('where it goes', () => {
  test.each([
    ['a non-joiner with a Latin letter on one side', 'م\u200Cx', 'مx'],
    ['a non-joiner at the end of a word', 'م\u200C ', 'م '],
    ['two non-joiners', 'م\u200C\u200Cم', 'مم'],
    ['a joiner before a hidden character', 'م\u200D\u2060م', 'مم'],
    ['a joiner with a pictograph on one side', '👩\u200Dx', '👩x'],
    ['a joiner after a letter, before a pictograph', 'x\u200D👩', 'x👩'],
    ['a zero-width space with a Latin letter on one side', 'ก\u200Bx', 'กx'],
    ['a second selector', '❤\uFE0F\uFE0F', '❤\uFE0F'],
    ['a selector after a letter', 'a\uFE0F', 'a'],
    ['a selector of an ideograph', '葛\u{E0100}', '葛'],
    ['tags that are no flag', '🏴\u{E0067}\u{E0062}\u{E007F}', '🏴'],
    ['a selector beside another that has no letter', '\u180B\u180B', ''],
    ['a Hangul filler alone', 'a\u3164\u115Fb', 'ab'],
    ['marks of direction on a line from left to right', 'a\u200E\u200Fb', 'ab'],
    ['a second mark of direction', 'א\u200F\u200Fב', 'א\u200Fב'],
    ['soft hyphen, joiners of words and graphemes, byte order mark', 'a\u00AD\u2060b\u034Fc\uFEFF', 'abc'],
  ])('%s', (_name, text, expected) => expect(rendered(text)).toBe(expected));
});

describe('where it shows', () => {
  test.each([
    ['controls', 'a\u0000\u001B[2J\u0008\u007F\u0090', 'a[U+0000][U+001B][2J[U+0008][U+007F][U+0090]'],
    ['lone surrogates', 'a\uD800b\uDC00', 'a[U+D800]b[U+DC00]'],
    ['private use and noncharacters', '\uE000\u{F0000}\uFDD0\u{1FFFE}', '[U+E000][U+F0000][U+FDD0][U+1FFFE]'],
    ['isolates on a line from left to right', 'a\u2067b\u2069', 'a[U+2067]b[U+2069]'],
    ['isolates that do not close', 'א\u2067ב', 'א[U+2067]ב'],
    ['isolates that close what another opened', 'א\u2067\u202Aב\u2069\u202C', 'א[U+2067][U+202A]ב[U+2069][U+202C]'],
    ['isolates that are doubled', 'א\u2067\u2067ב\u2069ג\u2069', 'א[U+2067][U+2067]ב[U+2069]ג[U+2069]'],
    ['overrides everywhere', 'א\u202Eב\u202C', 'א[U+202E]ב[U+202C]'],
    ['the Arabic letter mark does not justify itself', 'a\u061Cb', 'a[U+061C]b'],
    ['a line is judged by itself', 'א\na\u2067b\u2069', 'א\na[U+2067]b[U+2069]'],
  ])('%s', (_name, text, expected) => expect(rendered(text)).toBe(expected));
});

test('three removed in a row go in silence, four leave a placeholder', () => {
  expect(rendered('a\u200B\u200B\u200Bb')).toBe('ab');
  expect(rendered('a\u200B\u2060\u00AD\u{E0100}b')).toBe('a[guard: 4 hidden characters]b');
  expect(rendered(`a${'\u{E0041}'.repeat(5_000)}b`)).toBe('a[guard: 5000 hidden characters]b');
});

test('thirty-two placeholders and escapes, then silence, all of it counted', () => {
  const body = renderBody('\u0001x'.repeat(30) + 'a\u200B\u200B\u200B\u200B'.repeat(5) + '\u0001\n\n\n\n\nz');
  expect(body.text.match(/\[/g)).toHaveLength(32);
  expect(body.text.endsWith('a\n\n\nz')).toBe(true);
  expect(body).toMatchObject({ escaped: 30, removed: { space: 20, control: 1 }, blankLines: 4 });
});

test('every end of line becomes LF', () => {
  expect(rendered('a\r\nb\rc\vd\fe\u001Cf\u001Dg\u001Eh\u0085i\u2028j\u2029k')).toBe('a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk');
});

test('blank lines: two stay, more are counted, spaces do not hide them', () => {
  expect(rendered('a\n\n\nb')).toBe('a\n\n\nb');
  expect(rendered('a\n\n\n\nb')).toBe('a\n[guard: 3 blank lines]\nb');
  expect(rendered('a\n \t\n\u3000\n\u2800\n  b')).toBe('a\n[guard: 3 blank lines]\n  b');
});

test('eight combining marks on a base, however they are spread', () => {
  const zalgo = `a${'\u0301'.repeat(6)}\u200B${'\u0302'.repeat(6)}b`;
  expect(renderBody(zalgo)).toMatchObject({ text: `a${'\u0301'.repeat(6)}${'\u0302'.repeat(2)}b`, marksDropped: 4 });
  expect(renderBody(`a${'\u0301'.repeat(5_000)}`).text).toBe(`a${'\u0301'.repeat(8)}`);
});

test('tokens are stuffed after what hides in them is gone; what is typed by hand stays apart from ours', () => {
  expect(rendered('<|im_start|> <\u200B|x|> [INST] </s> <\\|x [|x]')).toBe(
    '<\\|im_start|> <\\|x|> [\\INST] </\\s> <\\\\|x [|x]',
  );
  expect(rendered('[U+200B] [guard: 3 blank lines] \u0007')).toBe('[\\U+200B] [\\guard: 3 blank lines] [U+0007]');
});

describe('cuts', () => {
  const cut = (text: string, maxBytes: number) => renderBody(text, { maxBytes }).text;

  test('between characters as a reader sees them', () => {
    expect(cut('ab👩\u200D👧cd', 9)).toBe('ab');
    expect(cut('e\u0301e\u0301', 4)).toBe('e\u0301');
    expect(cut('🇯🇵🇯🇵', 12)).toBe('🇯🇵');
    expect(cut('❤\uFE0Fx', 6)).toBe('❤\uFE0F');
  });

  test('never within an escape, a placeholder or a stuffed opening', () => {
    expect(cut('abc\u0007def', 8)).toBe('abc');
    expect(cut(`abc${'\u200B'.repeat(9)}`, 12)).toBe('abc');
    expect(cut('abcd<|im', 6)).toBe('abcd');
  });

  test('no joiner and no direction is left open', () => {
    expect(cut('م\u200Cمم', 5)).toBe('م');
    expect(cut('א\u2067ב\u2069ג', 7)).toBe('אב');
  });

  test('at a number of lines', () => {
    const body = renderBody('1\n2\n3\n4', { maxLines: 2 });
    expect(body).toMatchObject({ text: '1\n2', truncated: true, length: 3, fullLength: 7 });
  });

  test('at 16 KiB and 512 lines unless told otherwise', () => {
    expect(renderBody('x'.repeat(16_384)).truncated).toBe(false);
    expect(renderBody('x'.repeat(16_385))).toMatchObject({ length: 16_384, fullLength: 16_385, truncated: true });
    expect(renderBody('x\n'.repeat(600)).text.split('\n')).toHaveLength(512);
  });

  test('at the same where a limit is undefined', () => {
    const limits = { maxBytes: undefined, maxLines: undefined };
    expect(renderBody('x'.repeat(16_385), limits)).toMatchObject({ length: 16_384, truncated: true });
    expect(createBoundary({ limits }).wrap(sampleMessage({ text: 'hello' })).canonical).toBe('hello');
  });
});
