import { expect, test } from 'vitest';
import { inParallel } from './in-parallel.ts';

test('each index once, never more at a time than there are callers', async () => {
  const seen: number[] = [];
  let running = 0;
  let most = 0;
  await inParallel(4, 25, async (index) => {
    most = Math.max(most, (running += 1));
    seen.push(index);
    await new Promise(setImmediate);
    running -= 1;
  });
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index));
  expect(most).toBe(4);
});

test('a failure stops the rest', async () => {
  let calls = 0;
  const job = (index: number) => {
    calls += 1;
    return index === 3 ? Promise.reject(new Error('refused')) : Promise.resolve();
  };
  await expect(inParallel(1, 100, job)).rejects.toThrow('refused');
  expect(calls).toBe(4);
});
