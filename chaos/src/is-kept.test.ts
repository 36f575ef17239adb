import { expect, test } from 'vitest';
import { isKept } from './is-kept.ts';

const result = {
  written: 200,
  homeBefore: 1,
  homeAfter: 30,
  homeMost: 30,
  readable: 20,
  readableAfterExpiry: 0,
  isDenied: true,
  fetched: 5,
  listedWrote: 3,
  listedHeard: 3,
};

test('a flood is kept when every promise holds, and no other', () => {
  expect(isKept(result, 20)).toBe(true);
  const broken = [{ readable: 21 }, { readableAfterExpiry: 1 }, { isDenied: false }, { listedHeard: 2 }];
  for (const each of broken) expect(isKept({ ...result, ...each }, 20)).toBe(false);
});
