import { expect, test } from 'vitest';
import { timerMs } from './timer-ms.ts';

test.each([
  [0, 0],
  [5, 5],
  [2_147_483_647, 2_147_483_647],
  [2_147_483_648, 2_147_483_647],
  [Number.POSITIVE_INFINITY, 2_147_483_647],
])('%d waits %d', (ms, waits) => {
  expect(timerMs(ms)).toBe(waits);
});
