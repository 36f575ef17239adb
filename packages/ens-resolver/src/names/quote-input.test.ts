import { expect, test } from 'vitest';
import { quoteInput } from './quote-input.ts';

test('what could break a log line or reverse its order is escaped', () => {
  expect(quoteInput('a"b\\c\n\u202ed\u001b[31m\0')).toBe(String.raw`"a\"b\\c\u000a\u202ed\u001b[31m\u0000"`);
  expect(quoteInput('👻')).toBe(String.raw`"\ud83d\udc7b"`);
});

test('long input is cut', () => {
  expect(quoteInput('a'.repeat(100_000))).toBe(`"${'a'.repeat(80)}..."`);
});
