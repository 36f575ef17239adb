import { expect, test } from 'vitest';
import { quantile, summarize, summarizeRatios } from './summarize.ts';

test.each([
  [[7], 0.99, 7],
  [[1, 2], 0.5, 1.5],
  [[4, 1, 3, 2], 0.5, 2.5],
  [[10, 20, 30, 40, 50], 0.25, 20],
  [[0, 100], 0.99, 99],
])('quantile of %j at %d is %d', (values, q, expected) => {
  expect(quantile(values, q)).toBeCloseTo(expected, 10);
});

test('the order of the rounds does not matter and the input stays as it was', () => {
  const rounds = [5, 1, 9, 3, 7];
  expect(summarize(rounds)).toEqual({ median: 5, low: 3, high: 7, rounds: 5 });
  expect(rounds).toEqual([5, 1, 9, 3, 7]);
});

test('one outlier moves neither the median nor the spread far', () => {
  expect(summarize([10, 10, 10, 10, 1_000])).toEqual({ median: 10, low: 10, high: 10, rounds: 5 });
});

test('ratios are taken round by round, so a slow machine falls out', () => {
  expect(summarizeRatios([200, 20, 2], [100, 10, 1])).toEqual({ median: 2, low: 2, high: 2, rounds: 3 });
});

test('rounds without a partner are refused', () => {
  expect(() => summarizeRatios([1, 2], [1])).toThrow('2 rounds against 1');
});

test('nothing measured is not a number, never zero', () => {
  expect(summarize([]).median).toBeNaN();
});
