import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createFailureLimiter } from './create-failure-limiter.ts';

function setUp(maxCallers = 3) {
  const clock = createManualClock();
  const limiter = createFailureLimiter({ free: 2, baseMs: 1000, maxMs: 8000, maxCallers, now: () => clock.now() });
  return { clock, limiter };
}

test('pauses grow, and end', () => {
  const { clock, limiter } = setUp();
  const pauses: number[] = [];
  for (let count = 0; count < 8; count += 1) {
    const pause = limiter.fail('a');
    pauses.push(pause);
    clock.advance(pause);
  }
  expect(pauses).toEqual([0, 0, 1000, 2000, 4000, 8000, 8000, 8000]);
  expect(limiter.fail('b')).toBe(0);
  clock.advance(8000);
  expect(limiter.fail('a')).toBe(0);
});

test('failures during a pause do not prolong it', () => {
  const { clock, limiter } = setUp();
  for (let count = 0; count < 3; count += 1) limiter.fail('a');
  for (let count = 0; count < 100; count += 1) expect(limiter.fail('a')).toBe(1000);
  clock.advance(999);
  expect(limiter.fail('a')).toBe(1);
});

test('callers beyond the memory share one allowance', () => {
  const { limiter } = setUp(1);
  expect([limiter.fail('a'), limiter.fail('b'), limiter.fail('c'), limiter.fail('d')]).toEqual([0, 0, 0, 1000]);
});
