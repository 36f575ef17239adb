import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCoalescer } from '../util/create-coalescer.ts';
import type { BookedConversation } from './create-conversation-book.ts';
import { createFullPass, type FullPassOptions } from './create-full-pass.ts';

/** A pass over many conversations, whose scans end when they are let go. */
function setUp(count: number) {
  const all = Array.from({ length: count }, (_, index) => ({ groupId: `g${index}` }) as BookedConversation);
  const waiting: (() => void)[] = [];
  const control = { scanned: 0 };
  const work = createCoalescer(4);
  const pass = createFullPass({
    work,
    client: { syncWelcomes: async () => {}, syncAll: async () => ({ known: count, synced: 0 }) },
    journal: { getMeta: () => null, setMeta: () => {} },
    dropped: { prune: () => {} },
    book: { all: () => all, size: () => count },
    sync: async () => true,
    async scan() {
      await new Promise<void>((resolve) => waiting.push(resolve));
      control.scanned += 1;
      return { admitted: 0, dropped: 0, seen: 0, newNs: null, complete: true };
    },
    discover: async () => [],
    decideWaiting: async () => ({ admitted: 0 }),
    now: () => 1_000_000,
    elapsed: () => 1_000_000,
  } as unknown as FullPassOptions);
  return { pass, work, waiting, control };
}

test('whoever rings while all are looked at waits for few of them, in whichever conversation', async () => {
  const { pass, work, waiting, control } = setUp(100);
  const passed = pass.run();
  while (waiting.length === 0) await turn();
  const rung: Promise<void>[] = ['g99', 'another', 'g50'].map((key) => work.run(key, 'refresh', async () => {}));
  const isDone = Promise.all(rung).then(() => 'done');
  // Each look that ends lets another begin.
  for (let ended = 0; ended < 2; ended += 1) {
    await turn();
    waiting.shift()?.();
  }
  await expect(isDone).resolves.toBe('done');
  expect(control.scanned).toBeLessThanOrEqual(2);
  const drain = async () => {
    while (control.scanned < 100) {
      waiting.shift()?.();
      await turn();
    }
  };
  await drain();
  await expect(passed).resolves.toEqual({ admitted: 0, complete: true, withNews: false, progress: false });
});
