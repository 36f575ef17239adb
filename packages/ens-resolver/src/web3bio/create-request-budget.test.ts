import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createRequestBudget } from './create-request-budget.ts';

function setUp(requests = 2, intervalMs = 1_000) {
  const clock = createManualClock(0);
  const budget = createRequestBudget({ requests, intervalMs, now: () => clock.now() });
  const wait = (patienceMs = 10_000) => {
    const turn = budget.reserve(patienceMs);
    return turn.ok ? turn.waitMs : -turn.retryAfterMs;
  };
  return { clock, budget, wait };
}

test('a window has room for so many starts, and later ones wait their turn', () => {
  const { clock, wait } = setUp();
  expect([wait(), wait(), wait(), wait(), wait()]).toEqual([0, 0, 1_000, 1_000, 2_000]);
  clock.advance(1_500);
  expect(wait()).toBe(500);
});

test('who would wait too long is told how long, and takes no place', () => {
  const { wait } = setUp(1);
  expect([wait(), wait(500), wait(500), wait(1_000)]).toEqual([0, -1_000, -1_000, 1_000]);
});

test('a place given back is free again', () => {
  const { budget, wait } = setUp(1);
  const turn = budget.reserve(0);
  if (turn.ok) turn.release();
  expect(wait()).toBe(0);
});

test('a pause holds everybody up', () => {
  const { clock, budget, wait } = setUp();
  budget.pause(5_000);
  expect(budget.pausedFor()).toBe(5_000);
  expect([wait(4_999), wait()]).toEqual([-5_000, 5_000]);
  clock.advance(6_000);
  expect([budget.pausedFor(), wait()]).toEqual([0, 0]);
});

test('memory does not grow with the number of requests', () => {
  const { clock, budget } = setUp(6, 10);
  for (let round = 0; round < 10_000; round++) {
    const turn = budget.reserve(1_000);
    if (turn.ok) clock.advance(turn.waitMs);
  }
  expect(clock.now()).toBeGreaterThanOrEqual((10_000 / 6 - 1) * 10);
});
