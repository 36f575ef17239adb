import { expect, test } from 'vitest';
import { quote } from './quote.ts';

test('a quoted value is short and shows what cannot be seen', () => {
  expect(quote(`\u001b[31m${'x'.repeat(100)}`)).toBe(`"\\u001b[31m${'x'.repeat(55)}..."`);
  expect(quote('bob\u202eeth\u{e0041}👨‍👩‍👧')).toBe('"bob\\u{202e}eth\\u{e0041}👨‍👩‍👧"');
});
