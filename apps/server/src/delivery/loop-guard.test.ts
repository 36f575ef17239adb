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
