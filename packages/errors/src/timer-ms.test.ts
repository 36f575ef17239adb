import { expect, test } from 'vitest';
import { timerMs } from './timer-ms.ts';

test.each([
  [Infinity, 2 ** 31 - 1],
  [2_147_483_648, 2_147_483_647],
  [2_147_483_647, 2_147_483_647],
  [5, 5],
  [1.5, 1.5],
  [0, 0],
  [-1, 0],
  [-Infinity, 0],
  [NaN, 0],
])('a timer of %s ms is set for %s', (ms, set) => {
  expect(timerMs(ms)).toBe(set);
});
