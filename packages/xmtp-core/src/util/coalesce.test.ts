import { expect, test } from 'vitest';
import { createCoalescer, createSlots } from './coalesce.ts';

/** Work that ends when told. */
function createWork() {
  const started: string[] = [];
  const gates = new Map<string, () => void>();
  const work = (name: string) => async () => {
    started.push(name);
    await new Promise<void>((resolve) => gates.set(name, resolve));
  };
  return { started, work, finish: (name: string) => gates.get(name)?.() };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('one run of a key at a time, one more waiting, whatever was asked in between', async () => {
  const { started, work, finish } = createWork();
  const coalescer = createCoalescer(4);
  const first = coalescer.run('k', work('1'));
  const second = coalescer.run('k', work('2'));
  const third = coalescer.run('k', work('3'));
  expect(third).toBe(second);
  expect(started).toEqual(['1']);
  finish('1');
  await first;
  await settle();
  expect(started).toEqual(['1', '3']);
  finish('3');
  await Promise.all([third, coalescer.idle()]);
});

test('a failed run does not stop the next one', async () => {
  const coalescer = createCoalescer(1);
  const failing = coalescer.run('k', () => Promise.reject(new Error('no')));
  const next = coalescer.run('k', () => Promise.resolve());
  await expect(failing).rejects.toThrow('no');
  await next;
});

test('keys run side by side within the limit, first come first served', async () => {
  const { started, work, finish } = createWork();
  const slots = createSlots(2);
  const runs = ['1', '2', '3', '4'].map((name) => slots.run(work(name)));
  await settle();
  expect(started).toEqual(['1', '2']);
  finish('2');
  await settle();
  expect(started).toEqual(['1', '2', '3']);
  finish('1');
  await settle();
  finish('3');
  finish('4');
  await Promise.all(runs);
});
