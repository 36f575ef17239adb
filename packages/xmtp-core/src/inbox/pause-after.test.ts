import { expect, test } from 'vitest';
import { pauseAfter } from './pause-after.ts';

const attempt = { refusals: null, maxAttempts: 20, baseMs: 1000 };

test('by default a message gives way after about half an hour', () => {
  const total = (random: number) => {
    let sum = 0;
    for (let failures = 1; ; failures += 1) {
      const pause = pauseAfter({ ...attempt, failures, random: () => random });
      if (pause === null) return sum / 60_000;
      sum += pause;
    }
  };
  expect([total(0), total(0.5), total(1)].map(Math.round)).toEqual([19, 28, 37]);
});

test('a refusal is final after a few in a row, whatever was before', () => {
  const pause = (count: number, failures: number) =>
    pauseAfter({ ...attempt, failures, refusals: { count, final: 3 }, random: () => 1 });
  expect([pause(1, 1), pause(2, 2), pause(3, 3), pause(1, 7)]).toEqual([1000, 2000, null, 64_000]);
});

test('a wish for a longer pause is granted up to an hour, and a base above the longest pause is kept', () => {
  const pause = (options: object) => pauseAfter({ ...attempt, failures: 1, random: () => 1, ...options });
  expect([pause({ retryAfterMs: 5000 }), pause({ retryAfterMs: 86_400_000 }), pause({ baseMs: 600_000 })]).toEqual([
    5000, 3_600_000, 600_000,
  ]);
});
