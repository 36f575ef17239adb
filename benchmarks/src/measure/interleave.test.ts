import { expect, test } from 'vitest';
import { interleave } from './interleave.ts';

test('every contender runs in every round, the order turns, and the warm-up does not count', async () => {
  const calls: string[] = [];
  const contender = (name: string) => (round: number) => {
    calls.push(`${name}${round}`);
    return Promise.resolve(round);
  };
  const values = await interleave({ contenders: { a: contender('a'), b: contender('b') }, rounds: 3 });
  expect(calls).toEqual(['a-1', 'b-1', 'b0', 'a0', 'a1', 'b1', 'b2', 'a2']);
  expect(values).toEqual({ a: [0, 1, 2], b: [0, 1, 2] });
});

test('a contender that fails ends the measurement', async () => {
  const broken = () => Promise.reject(new Error('no network'));
  await expect(interleave({ contenders: { broken }, rounds: 1 })).rejects.toThrow('no network');
});
