import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createRateLimiter } from './create-rate-limiter.ts';

function setUp(maxCallers = 3) {
  const clock = createManualClock();
  return { clock, limiter: createRateLimiter({ perMinute: 60, burst: 2, maxCallers, now: () => clock.now() }) };
}

test('lets a burst through, then the steady rate, exactly', () => {
  const { clock, limiter } = setUp();
  expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([0, 0, 1000]);
  clock.advance(999);
  expect(limiter.take('a')).toBe(1);
  clock.advance(1);
  expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 1000]);
});

test('callers do not share, until there are too many to remember', () => {
  const { clock, limiter } = setUp();
  for (const caller of ['a', 'b', 'c']) for (let count = 0; count < 2; count += 1) expect(limiter.take(caller)).toBe(0);
  expect([limiter.take('d'), limiter.take('e'), limiter.take('f')]).toEqual([0, 0, 1000]);
  clock.advance(2000);
  expect([limiter.take('g'), limiter.take('g'), limiter.take('g')]).toEqual([0, 0, 1000]);
});

test.each([-3_600_000, 3_600_000, -60_000])('a clock that steps by %i ms locks nobody out', (step) => {
  const { clock, limiter } = setUp();
  expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 0]);
  clock.advance(step);
  expect(limiter.take('a')).toBeLessThanOrEqual(1000);
  clock.advance(1000);
  expect(limiter.take('a')).toBe(0);
});
