import { expect, test } from 'vitest';
import { atOnce, chunksOf, inPieces, type Pieces } from './index.ts';

function* count(to: number, done: number[] = []): Pieces<number> {
  try {
    for (let number = 1; number <= to; number += 1) {
      done.push(number);
      yield;
    }
    return to;
  } finally {
    done.push(0);
  }
}

test('others have their turn after each piece, and none when it is done at once', async () => {
  const log: (number | string)[] = [];
  const done = count(3, log as number[]);
  expect(await inPieces(done, async () => void log.push('pause'))).toBe(3);
  expect(log).toEqual([1, 'pause', 2, 'pause', 3, 'pause', 0]);
  expect(atOnce(count(3))).toBe(3);
});

test('a pause that throws ends the work, which cleans up', async () => {
  const done: number[] = [];
  const stop = new Error('closed');
  await expect(inPieces(count(3, done), () => Promise.reject(stop))).rejects.toBe(stop);
  expect(done).toEqual([1, 0]);
});

test('chunks hold everything, in its order', () => {
  expect([...chunksOf([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
  expect([...chunksOf(new Set(['a', 'b']).keys(), 2)]).toEqual([['a', 'b']]);
  expect([...chunksOf([], 2)]).toEqual([]);
});
