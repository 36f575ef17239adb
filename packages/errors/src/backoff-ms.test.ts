import { expect, test } from 'vitest';
import { backoffMs } from './backoff-ms.ts';

test('delays double up to their ceiling and never vanish', () => {
  const delays = (random: number) =>
    [1, 2, 3, 12, 2000].map((failures) => backoffMs(failures, { baseMs: 1000, random: () => random }));
  expect(delays(1)).toEqual([1000, 2000, 4000, 2_048_000, 3_600_000]);
  expect(delays(0)).toEqual([500, 1000, 2000, 1_024_000, 1_800_000]);
});
