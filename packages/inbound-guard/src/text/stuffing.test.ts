import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { hostileText, plainText } from '../../test/hostile-text.ts';
import { runs } from '../../test/runs.ts';
import { createWriter } from './create-writer.ts';
import { renderBody } from './render-body.ts';
import { createShape, matchAt, standsAt } from './create-shape.ts';
import { elementName, stuff, unstuff } from './stuffing.ts';
import { openerClass, tokenAfter } from './token-after.ts';

/** The same in few words: one expression finds all brackets, whatever stands between them. */
function rewrite(text: string, by: (backslashes: string) => string): string {
  return text.replace(
    new RegExp(`(${openerClass})(/?)(\\\\*)`, 'g'),
    (match: string, opener: string, slash: string, backslashes: string, offset: number) => {
      const rest = text.slice(offset + match.length);
      const isOurs = opener !== ']' && new RegExp(`^(?:U\\+[0-9A-F]{4,6}\\]|guard:|${elementName})`, 'i').test(rest);
      return isOurs || tokenAfter(text, opener, slash !== '', offset + match.length) !== null
        ? `${opener}${slash}${by(backslashes)}`
        : match;
    },
  );
}

const far = fc
  .tuple(plainText, fc.integer({ max: 20, min: 0 }), plainText)
  .map(([a, gap, b]) => a + 'x'.repeat(gap) + b);

test.prop([fc.oneof(far, hostileText)], runs(600))(
  'each bracket is looked at once, near or far from the last one',
  (text) => {
    expect(stuff(text)).toBe(rewrite(text, (backslashes) => `\\${backslashes}`));
    expect(unstuff(text)).toBe(rewrite(text, (backslashes) => backslashes.slice(1)));
  },
);

it.each([4_095, 4_096, 4_097, 8_192])('%i brackets in a row are parted and come back', (count) => {
  expect(stuff('<|'.repeat(count))).toBe('<\\|'.repeat(count));
  expect(unstuff('<\\|'.repeat(count))).toBe('<|'.repeat(count));
});

it('as many hidden characters leave all that stands between them', () => {
  expect(renderBody('ab\u200B'.repeat(4_100), { maxBytes: Infinity }).text).toBe('ab'.repeat(4_100));
});

it.each([0, 1, 4_095, 4_096, 4_097, 8_192])(
  '%i pieces are put together in order, with what separates them',
  (count) => {
    const pieces = Array.from({ length: count }, (_, index) => String(index));
    const writer = createWriter(', ');
    for (const piece of pieces) writer.add(piece);
    expect(writer.text()).toBe(pieces.join(', '));
  },
);

const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

it.each([
  ['[a-c]', 'iy'],
  ['[\\p{L}_]', 'uy'],
  ['x', 'uy'],
] as const)('a shape that begins with %s stands where its pattern does', (first, flags) => {
  const shape = createShape(first, `${first}!`, flags);
  const plain = new RegExp(`^${first}!`, flags.replace('y', ''));
  for (const text of [...ascii, 'é', '\u2028', '😀'].map((one) => `${one}!`)) {
    expect(standsAt(shape, text, 0)).toBe(plain.test(text));
    expect(matchAt(shape, text, 0)?.[0]).toBe(plain.exec(text)?.[0]);
  }
  expect(standsAt(shape, 'x', 1)).toBe(false);
});
