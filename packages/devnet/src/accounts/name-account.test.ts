import { expect, test } from 'vitest';
import { deriveAccounts } from './derive-accounts.ts';
import { nameAccount } from './name-account.ts';

const addressOf = (name: string) => nameAccount(name).address;

test('a name is always the same account, and no other is', () => {
  expect(addressOf('alice')).toBe('0x1d65fbe81884063c69b87eab1701073f88ce276a');
  expect(addressOf('Alice')).toBe(addressOf('alice'));
  expect(addressOf('zoe\u0308')).toBe(addressOf('zo\u00eb'));
  expect(new Set(['alice', 'bob', 'echo', '0', '1'].map(addressOf)).size).toBe(5);
});

test('a number is a ready account, and the echo bot has the first that is never ready', () => {
  const ready = deriveAccounts(101).map(({ address }) => address);
  expect([addressOf('0'), addressOf('42'), addressOf('echo')]).toEqual([ready[0], ready[42], ready[100]]);
});

test.each(['', '-x', 'a b', 'a\n', '../a', 'x'.repeat(65)])('%j is no name', (name) => {
  expect(() => nameAccount(name)).toThrow(/The name is not valid/);
});
