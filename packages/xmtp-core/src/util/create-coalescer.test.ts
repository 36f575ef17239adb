import { expect, test } from 'vitest';
import { createCoalescer } from './create-coalescer.ts';
import { createSlots } from './create-slots.ts';

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

test('a key runs one thing at a time; what is asked for again while it waits is run once', async () => {
  const { started, work, finish } = createWork();
  const coalescer = createCoalescer(4);
  const first = coalescer.run('k', 'scan', work('1'));
  await settle();
  const second = coalescer.run('k', 'scan', work('2'));
  expect(coalescer.run('k', 'scan', work('3'))).toBe(second);
  expect(started).toEqual(['1']);
  finish('1');
  await first;
  await settle();
  expect(started).toEqual(['1', '2']);
  finish('2');
  await Promise.all([second, coalescer.idle()]);
});

test('another kind of the same key has its own turn: neither replaces the other', async () => {
  const { started, work, finish } = createWork();
  const coalescer = createCoalescer(4);
  const runs = [
    coalescer.run('k', 'scan', work('scan')),
    coalescer.run('k', 'ring', work('ring')),
    coalescer.run('other', 'scan', work('other')),
  ];
  await settle();
  expect(started).toEqual(['scan', 'other']);
  finish('scan');
  await settle();
  expect(started).toEqual(['scan', 'other', 'ring']);
  finish('ring');
  finish('other');
  await Promise.all(runs);
});

test('a failed run does not stop the next one', async () => {
  const coalescer = createCoalescer(1);
  const failing = coalescer.run('k', 'a', () => Promise.reject(new Error('no')));
  const next = coalescer.run('k', 'b', () => Promise.resolve());
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
