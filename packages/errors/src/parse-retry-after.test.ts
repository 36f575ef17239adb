import { expect, test } from 'vitest';
import { parseRetryAfter } from './parse-retry-after.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['999999999', 3_600_000],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['Fri, 01 Jan 2027 00:00:00 GMT', 3_600_000],
  ['soon', null],
  ['-1x', null],
  ['1.5', null],
  ['2026-01-01', null],
  ['', null],
  [undefined, null],
  [null, null],
])('Retry-After %s is %s ms', (header, expected) => {
  expect(parseRetryAfter(header, { now })).toBe(expected);
});

test.each([-3_600_000, 3_600_000, -60_000])('a clock that is wrong by %i ms changes no wait', (step) => {
  const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
  const header = 'Thu, 01 Jan 2026 00:00:30 GMT';
  expect(parseRetryAfter(header, { now: now + step, date })).toBe(30_000);
});
