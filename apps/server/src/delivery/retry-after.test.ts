import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
  ['-1x', undefined],
  [undefined, undefined],
])('Retry-After %s is %s ms', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});

test('delays double up to their ceiling and never vanish', () => {
  const delays = (random: number) =>
    [1, 2, 3, 12, 2000].map((failures) => backoffMs(failures, { baseMs: 1000, random: () => random }));
  expect(delays(1)).toEqual([1000, 2000, 4000, 2_048_000, 3_600_000]);
  expect(delays(0)).toEqual([500, 1000, 2000, 1_024_000, 1_800_000]);
});
