import { expect, test } from 'vitest';
import { createPace } from './create-pace.ts';

/** Begins calls as soon as they may, from idle. */
function drive(limit: number, untilMs: number): number[] {
  const pace = createPace(limit);
  const times: number[] = [];
  for (let now = 0; now < untilMs; now = pace.readyAt(1, now)) {
    times.push(now);
    pace.add(1, now);
  }
  return times;
}

test('half of a minute may be used at once, the rest ever more slowly', () => {
  const times = drive(1_000, 60_000);
  expect(times.filter((at) => at === 0).length).toBeGreaterThanOrEqual(500);
  const gaps = times.slice(501, 900).map((at, index) => at - times[500 + index]!);
  expect(gaps.every((gap, index) => index === 0 || gap >= gaps[index - 1]! - 1e-6)).toBe(true);
  expect(times.length).toBeLessThanOrEqual(1_000);
});

test('one large cost makes the next wait as long as many small ones would', () => {
  const [large, small] = [createPace(1_000), createPace(1_000)];
  large.add(900, 0);
  for (let n = 0; n < 900; n += 1) small.add(1, 0);
  expect(large.readyAt(1, 0)).toBeCloseTo(small.readyAt(1, 0), 3);
});
