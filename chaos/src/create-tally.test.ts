import { expect, test } from 'vitest';
import { createTally, readToken, type Token, tokenText } from './create-tally.ts';

const token = (step: number, index = 0): Token => ({ lane: 'ann>cat', step, index });

test('a token survives the boundary', () => {
  expect(readToken(`<untrusted id="1">\nx7k2| ${tokenText(token(3, 1))}\n</untrusted>`)).toEqual(token(3, 1));
  expect(readToken('chaos:Ann>cat:1:1')).toBeNull();
});

test('counts what was accepted and never seen', () => {
  const tally = createTally();
  tally.accept(token(0));
  tally.accept(token(1));
  tally.see(token(1), 'id-1');
  expect(tally.missing()).toEqual([token(0)]);
  expect(tally.result()).toMatchObject({ accepted: 2, delivered: 1, lost: 1 });
});

test('tells a repeated delivery from a repeated send', () => {
  const tally = createTally();
  for (const id of ['a', 'a', 'a']) tally.see(token(0), id);
  for (const id of ['b', 'c']) tally.see(token(1), id);
  expect(tally.result()).toMatchObject({ redeliveries: 2, duplicateSends: 1 });
});

test('order is between steps of a lane, not within a step and not by repeats', () => {
  const tally = createTally();
  tally.see(token(1, 0), 'a');
  tally.see(token(1, 1), 'b');
  tally.see(token(0), 'c');
  tally.see(token(1, 0), 'a');
  tally.see({ ...token(0), lane: 'ben>cat' }, 'd');
  expect(tally.result().wrongOrder).toBe(1);
});
