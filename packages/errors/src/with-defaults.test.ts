import { expect, test } from 'vitest';
import { withDefaults } from './with-defaults.ts';

const defaults: { size: number; name: string | null } = { size: 1, name: 'a' };

test.each([
  [undefined, { size: 1, name: 'a' }],
  [{}, { size: 1, name: 'a' }],
  [{ size: undefined }, { size: 1, name: 'a' }],
  [
    { size: 0, name: null },
    { size: 0, name: null },
  ],
])('what is left out, or undefined, is the default: %j', (given, expected) => {
  expect(withDefaults(defaults, given)).toEqual(expected);
  expect(defaults).toEqual({ size: 1, name: 'a' });
});
