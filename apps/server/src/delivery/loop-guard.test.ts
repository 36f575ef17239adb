import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createLoopGuard } from './loop-guard.ts';

test('counts replies of a conversation in a sliding window', () => {
  const clock = createManualClock();
  const guard = createLoopGuard({ limit: 2, windowMs: 1000, now: () => clock.now() });
  expect(guard.allow('a')).toBe(true);
  clock.advance(400);
  expect([guard.allow('a'), guard.allow('a'), guard.allow('b')]).toEqual([true, false, true]);
  expect([guard.waitMs('a'), guard.waitMs('b'), guard.refused()]).toEqual([600, 0, 1]);
  clock.advance(600);
  expect([guard.allow('a'), guard.allow('a')]).toEqual([true, false]);
});

test('a limit of none answers nothing', () => {
  const guard = createLoopGuard({ limit: 0 });
  expect([guard.allow('a'), guard.waitMs('a') > 0]).toEqual([false, true]);
});

test.each([-3_600_000, -60_000])('a clock that steps by %i ms makes no wait longer than the window', (step) => {
  const clock = createManualClock();
  const guard = createLoopGuard({ limit: 1, windowMs: 1000, now: () => clock.now() });
  expect(guard.allow('a')).toBe(true);
  clock.advance(step);
  expect(guard.waitMs('a')).toBe(1000);
  clock.advance(1000);
  expect(guard.allow('a')).toBe(true);
});
