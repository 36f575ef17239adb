import { expect, test } from 'vitest';
import { createSeededRandom } from './create-seeded-random.ts';

test('seeded numbers repeat for a seed, differ between seeds and stay in [0, 1)', () => {
  const draw = (seed: number) => Array.from({ length: 100 }, createSeededRandom(seed));
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(7).every((n) => n >= 0 && n < 1)).toBe(true);
});
