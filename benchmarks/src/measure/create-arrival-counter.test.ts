import { expect, test } from 'vitest';
import { createArrivalCounter } from './create-arrival-counter.ts';

const arrival = (receivedAt: number) => ({ stampedAt: 0, receivedAt });

test('gives what came as soon as it is enough, and the next call starts anew', async () => {
  const counter = createArrivalCounter();
  counter.add(arrival(1));
  const taken = counter.take(2, 60_000);
  counter.add(arrival(2));
  expect(await taken).toEqual([arrival(1), arrival(2)]);
  counter.add(arrival(3));
  expect(await counter.take(1, 60_000)).toEqual([arrival(3)]);
});

test('gives what there is when nothing more comes', async () => {
  const counter = createArrivalCounter();
  counter.add(arrival(1));
  expect(await counter.take(5, 5)).toEqual([arrival(1)]);
});
