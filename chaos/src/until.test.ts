import { expect, test } from 'vitest';
import { until } from './until.ts';

const { signal } = new AbortController();

test('an error is no answer yet', async () => {
  let asked = 0;
  const isSo = async () => {
    asked += 1;
    if (asked === 1) throw new Error('not there yet');
    return asked === 2;
  };
  await until(isSo, { what: 'it is so', limitMs: 10_000, signal });
  expect(asked).toBe(2);
});

test('what does not happen is named', async () => {
  await expect(until(async () => false, { what: 'rain', limitMs: 0, signal })).rejects.toThrow('in vain: rain');
});
