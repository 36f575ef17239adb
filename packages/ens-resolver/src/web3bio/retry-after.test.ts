import { expect, test } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const now = Date.UTC(2026, 0, 1);

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['-1', null],
  ['1.5', null],
  ['99999999999', null],
  ['soon', null],
  ['2026', 2_026_000],
  ['', null],
  [null, null],
])('%j is %s ms', (value, expected) => {
  expect(parseRetryAfter(value, now)).toBe(expected);
});
