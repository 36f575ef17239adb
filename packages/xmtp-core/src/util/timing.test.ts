import { expect, test } from 'vitest';
import { backoff, late, pause, within } from './timing.ts';
import { waitAtMost } from './wait-at-most.ts';

const never = new Promise<never>(() => undefined);

test('a pause ends with its signal', async () => {
  const controller = new AbortController();
  const paused = pause(60_000, controller.signal);
  controller.abort();
  const again = pause(60_000, controller.signal);
  expect(await Promise.all([paused, again])).toEqual([undefined, undefined]);
});

test('within tells what came from what did not', async () => {
  expect(await within(Promise.resolve(7), 1_000)).toBe(7);
  expect(await within(never, 1)).toBe(late);
  await expect(within(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
});

test('waiting ends with the work, the time or the signal', async () => {
  expect(await waitAtMost(Promise.resolve(7), 1_000)).toBe(7);
  expect(await waitAtMost(never, 1)).toBeNull();
  const controller = new AbortController();
  const waiting = waitAtMost(never, 60_000, controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(waitAtMost(never, 60_000, controller.signal)).rejects.toThrow('enough');
});

test('backoff doubles to its ceiling, with jitter over the upper half', () => {
  const options = { baseMs: 600, maxMs: 30_000 };
  const low = [0, 1, 5, 6, 99].map((attempt) => backoff(attempt, { ...options, random: () => 0 }));
  const high = [0, 1, 5, 6, 99].map((attempt) => backoff(attempt, { ...options, random: () => 1 }));
  expect(low).toEqual([300, 600, 9_600, 15_000, 15_000]);
  expect(high).toEqual([600, 1_200, 19_200, 30_000, 30_000]);
});
