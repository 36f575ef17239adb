import { expect, test } from 'vitest';
import { kinds, parseKinds } from './kinds.ts';

test('kinds are asked for by name, whatever the order and the blanks', () => {
  expect(parseKinds('clock, kills')).toEqual(['kills', 'clock']);
  expect(parseKinds([...kinds.keys()].join(','))).toEqual([...kinds.keys()]);
});

test('an unknown kind is named, with those that there are', () => {
  expect(() => parseKinds('kills,rain')).toThrow(/"rain".*There are: kills, .*backlog/);
  expect(() => parseKinds('')).toThrow('There is no trouble named ""');
});
