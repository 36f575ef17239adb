import { afterEach, expect, test, vi } from 'vitest';
import { createElapsedClock, createSteadyClock, wallClock } from './clock.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const hour = 3_600_000;

test.each([-hour, hour, -60_000])('no setting of the machine by %i ms moves what has elapsed', (step) => {
  const elapsed = createElapsedClock();
  const steady = createSteadyClock();
  const before = { elapsed: elapsed(), steady: steady() };
  const real = Date.now();
  vi.spyOn(Date, 'now').mockImplementation(() => real + step);
  expect(wallClock() - real).toBe(step);
  for (const [clock, start] of [
    [elapsed, before.elapsed],
    [steady, before.steady],
  ] as const) {
    expect(clock() - start).toBeGreaterThanOrEqual(0);
    expect(clock() - start).toBeLessThan(50_000);
  }
});

test('of an injected clock only what goes forward counts', () => {
  let time = 1_000;
  const elapsed = createElapsedClock(() => time);
  const steady = createSteadyClock(() => time);
  const readings: number[] = [];
  for (const step of [10, -hour, 10, Number.NaN, 0]) {
    time = Number.isNaN(step) ? Number.NaN : (Number.isNaN(time) ? 1_000 : time) + step;
    readings.push(elapsed(), steady());
  }
  expect(readings.slice(0, 8)).toEqual([10, 1_010, 10, 1_010, 20, 1_020, 20, 1_020]);
  expect(elapsed()).toBeGreaterThanOrEqual(20);
});

test('the steady clock starts at the wall clock', () => {
  expect(Math.abs(createSteadyClock()() - Date.now())).toBeLessThan(50_000);
});
