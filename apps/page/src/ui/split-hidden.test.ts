import { expect, test } from 'vitest';
import { splitHidden } from './split-hidden.ts';

test('what nobody would see is named, and what is part of an emoji is not', () => {
  expect(splitHidden('pay\u202Egpj.\u200Bexe')).toEqual([
    { text: 'pay' },
    { hidden: 'U+202E' },
    { text: 'gpj.' },
    { hidden: 'U+200B' },
    { text: 'exe' },
  ]);
  expect(splitHidden('👩\u200D💻 ❤\uFE0F')).toEqual([{ text: '👩\u200D💻 ❤\uFE0F' }]);
  expect(splitHidden('\u001B[31m\u{E0041}')).toEqual([{ hidden: 'U+001B' }, { text: '[31m' }, { hidden: 'U+E0041' }]);
  expect(splitHidden('a\nb')).toEqual([{ text: 'a' }, { hidden: 'U+000A' }, { text: 'b' }]);
  expect(splitHidden('a\nb', { lines: true })).toEqual([{ text: 'a\nb' }]);
  expect(splitHidden('')).toEqual([]);
});
