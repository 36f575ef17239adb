import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { within } from './within.ts';

test('what has ended before begins nothing', async () => {
  let begun = 0;
  const task = async () => void (begun += 1);
  await expect(within(AbortSignal.abort(new Error('over')), task)).rejects.toThrow('over');
  expect(begun).toBe(0);
});

test('nobody listens to the signal any more when the task has ended', async () => {
  const { signal } = new AbortController();
  expect(await within(signal, async () => 7)).toBe(7);
  await expect(within(signal, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
