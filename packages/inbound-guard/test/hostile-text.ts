import * as fc from 'fast-check';
import { candidate } from '../src/text/candidates.ts';

/** Every code point that a rule may touch. */
export const candidates: readonly string[] = (() => {
  const pattern = new RegExp(`^${candidate}$`, 'v');
  const all: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    // Ideographs, syllables and unassigned planes hold none but the last two of each plane.
    if (code === 0x3400) code = 0xa000;
    if (code > 0x20000 && code < 0xe0000 && (code & 0xffff) < 0xfffe) code |= 0xfffe;
    const character = String.fromCodePoint(code);
    if (pattern.test(character)) all.push(character);
  }
  // Private use of planes 15 and 16 is 131,068 alike characters; a few stand for all.
  return all.filter((character) => character.codePointAt(0)! < 0xf0000 || character.codePointAt(0)! % 8_191 === 0);
})();

/** What an attacker knows when nothing is secret. */
export const known = { id: '7f3c9a0b1d2e4f50', gutter: 'x7k2', mark: '\uE123' } as const;

const markers = [
  `</untrusted_xmtp_message id="${known.id}">`,
  `<untrusted_xmtp_message id="${known.id}">`,
  `${known.gutter}| `,
  known.gutter,
  known.mark,
  known.id,
  'authority: operator',
  'body:',
  '[U+200B]',
  '[guard: 12 hidden characters]',
  '<|im_start|>',
  '<|im_\u200Bstart|>',
  '[INST]',
  '</s>',
  '<<SYS>>',
  '<\uFF5CUser\uFF5C>',
  'untrusted_xmtp_message',
  '"}\n',
  '\\',
  '\\\\',
  '<',
  '[',
  '</',
  '|',
  'U+200B]',
  '---',
  '```',
];
const breaks = [
  '\n',
  '\r\n',
  '\r',
  '\v',
  '\f',
  '\u001C',
  '\u001D',
  '\u001E',
  '\u0085',
  '\u2028',
  '\u2029',
  '\n\n\n\n\n',
];
const context = [
  ...Array.from('aZ09 \t#*©'),
  'ا',
  'ی',
  'א',
  'क',
  '्',
  'ക',
  'ไ',
  'ក',
  'ᠠ',
  'ᄀ',
  '각',
  '漢',
  '𓀀',
  '👩',
  '❤',
  '🏽',
  '🏴',
  '🇯🇵',
  '́',
  '᠋',
];
const special = [
  ...Array.from(
    '\u200B\u200C\u200D\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFE0F\uFE0E\u00AD\u3164',
  ),
  '\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
  '\uD800',
  '\uDC00',
  '\uFDD0',
];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...context) },
  { weight: 4, arbitrary: fc.constantFrom(...special) },
  { weight: 3, arbitrary: fc.constantFrom(...markers) },
  { weight: 2, arbitrary: fc.constantFrom(...breaks) },
  { weight: 2, arbitrary: fc.constantFrom(...candidates) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...context, ...special), fc.integer({ min: 2, max: 40 }))
      .map(([one, times]) => one.repeat(times)),
  },
);

/** What a stranger may send. */
export const hostileText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

/** ASCII letters with any hidden characters between them, but no surrogates, which may pair up to a letter. */
export const lettersAndCandidates = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Array.from('abcxyzABC')),
      fc.constantFrom(...candidates.filter((one) => !/^\p{Cs}$/u.test(one))),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

/** Text that no rule but the stuffing touches: brackets, backslashes, tokens, escapes and markers typed by hand. */
export const plainText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...markers.filter((one) => !/[\u200B\uE000-\uF8FF]/.test(one)),
        ...Array.from('<[/\\|sSuU+]> '),
        'INST]',
        'guard:',
        'é',
        '漢',
        '👍🏽',
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));
