import { expect, test } from 'vitest';
import { type Target, toRow } from './to-row.ts';

const ratio = (is: Target['is'], limit: number): Target => ({ of: 'ratio', is, limit });
const base = { name: 'send', measure: 'messages per second' };

test('a ratio to a peer is judged by the median of its rounds', () => {
  const row = toRow({
    ...base,
    ours: [90, 190, 290],
    peer: { name: 'naive', values: [100, 200, 300] },
    target: ratio('>=', 0.95),
  });
  expect(row.ratio?.median).toBeCloseTo(0.95, 10);
  expect(row.reached).toBe(true);
  expect(row.peer).toMatchObject({ name: 'naive', value: { median: 200 } });
});

test.each([
  ['>=', 10, true],
  ['>=', 10.1, false],
  ['<=', 10, true],
  ['<', 10, false],
  ['=', 10, true],
  ['=', 9, false],
] as const)('10 %s %d: %s', (is, limit, reached) => {
  expect(toRow({ ...base, ours: [10], target: { of: 'value', is, limit } }).reached).toBe(reached);
});

test('without a peer the ratio is to the target, without a target there is nothing to reach', () => {
  expect(toRow({ ...base, ours: [5], target: { of: 'value', is: '<', limit: 10 } }).ratio?.median).toBe(0.5);
  expect(toRow({ ...base, ours: [5] })).toMatchObject({ ratio: null, target: null, reached: null });
});

test('nothing measured reaches nothing', () => {
  expect(toRow({ ...base, ours: [], target: { of: 'value', is: '>=', limit: 0 } }).reached).toBe(false);
});
