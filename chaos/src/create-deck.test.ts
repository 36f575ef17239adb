import { createSeededRandom } from '@xmtp-messaging/errors';
import { expect, test } from 'vitest';
import { createDeck } from './create-deck.ts';

const draw = (seed: number, count: number) => {
  const deck = createDeck(['a', 'b', 'c', 'd', 'e'], createSeededRandom(seed));
  return Array.from({ length: count }, () => deck.next());
};

test('every card comes once before any comes again', () => {
  const drawn = draw(1, 15);
  for (const round of [0, 5, 10]) expect(drawn.slice(round, round + 5).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a seed draws the same again, another one does not', () => {
  expect(draw(7, 20)).toEqual(draw(7, 20));
  expect(draw(7, 20)).not.toEqual(draw(8, 20));
});
