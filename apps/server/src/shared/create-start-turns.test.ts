import { expect, test } from 'vitest';
import { createStartTurns } from './create-start-turns.ts';

const never = new AbortController().signal;

/** Work that is done when it is told, and whether it began. */
function piece() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let begun = false;
  const begin = async () => {
    begun = true;
    return await promise;
  };
  return { begin, begun: () => begun, resolve, reject };
}
const settle = async () => await new Promise((resolve) => void setImmediate(resolve));

test('as many begin as may at once, in their order, and each ends as its work does', async () => {
  const turns = createStartTurns({ atOnce: 2 });
  const pieces = [piece(), piece(), piece(), piece()];
  const all = pieces.map((one) => turns(one.begin, never));
  await settle();
  expect(pieces.map(({ begun }) => begun())).toEqual([true, true, false, false]);
  pieces[1]!.reject(new Error('broken'));
  await expect(all[1]).rejects.toThrow('broken');
  await settle();
  expect(pieces.map(({ begun }) => begun())).toEqual([true, true, true, false]);
  for (const one of pieces) one.resolve('done');
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
});

test('one that hangs loses its turn and goes on', async () => {
  const turns = createStartTurns({ atOnce: 1, turnMs: 5 });
  const [stuck, next] = [piece(), piece()];
  const waiting = turns(stuck.begin, never);
  next.resolve('next');
  expect(await turns(next.begin, never)).toBe('next');
  stuck.resolve('after all');
  expect(await waiting).toBe('after all');
});

test('who is stopped before its turn never begins', async () => {
  const turns = createStartTurns({ atOnce: 1 });
  const [first, second] = [piece(), piece()];
  const running = turns(first.begin, never);
  const stop = new AbortController();
  const waiting = turns(second.begin, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  first.resolve('done');
  expect([await running, second.begun()]).toEqual(['done', false]);
});
