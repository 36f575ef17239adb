import { expect, test } from 'vitest';
import { endAll } from './end-all.ts';

test('each step is taken in turn, and the first that failed is told in the end', async () => {
  const taken: number[] = [];
  const step = (number: number, fails: boolean) => async () => {
    await Promise.resolve();
    taken.push(number);
    if (fails) throw new Error(`step ${number}`);
  };
  const ended = endAll(step(1, false), step(2, true), step(3, true), () => void taken.push(4));
  await expect(ended).rejects.toThrow('step 2');
  expect(taken).toEqual([1, 2, 3, 4]);
  await expect(endAll(step(5, false))).resolves.toBeUndefined();
});
