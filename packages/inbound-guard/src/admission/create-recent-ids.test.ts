import { expect, test } from 'vitest';
import { createRecentIds } from './create-recent-ids.ts';

test('an id is forgotten with its age, and not a moment before', () => {
  const ids = createRecentIds({ maxIds: 10, maxAgeMs: 100 });
  ids.add('a', 1_000);
  expect(ids.has('a', 1_099)).toBe(true);
  expect(ids.has('a', 1_100)).toBe(false);
  expect(ids.has('b', 1_000)).toBe(false);
});

test('of too many the oldest go; one that came again is young', () => {
  const ids = createRecentIds({ maxIds: 2, maxAgeMs: 100 });
  ids.add('a', 0);
  ids.add('b', 1);
  ids.add('a', 2);
  ids.add('c', 3);
  expect(['a', 'b', 'c'].filter((id) => ids.has(id, 4))).toEqual(['a', 'c']);
});
