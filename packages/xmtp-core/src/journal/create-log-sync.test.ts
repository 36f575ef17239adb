import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createLogSync } from './create-log-sync.ts';

/** A disk that notes what it is asked for, fails when it is told to, and writes in the background when it is let. */
async function start() {
  const path = join(await temporaryDirectory(), 'log');
  writeFileSync(path, '');
  const asked: string[] = [];
  const failures: unknown[] = [];
  const waiting: PromiseWithResolvers<void>[] = [];
  let fault: Error | null = null;
  const sync = createLogSync({
    path,
    checkpoint: () => void asked.push('checkpoint'),
    onFailure: (error) => void failures.push(error),
    disk: {
      syncNow() {
        asked.push('now');
        if (fault !== null) throw fault;
      },
      sync() {
        asked.push('soon');
        const one = Promise.withResolvers<void>();
        waiting.push(one);
        return one.promise;
      },
    },
  });
  return { sync, asked, failures, waiting, fail: (error: Error | null) => void (fault = error) };
}

/** What was begun in the same turn has gone on. */
const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

test('the disk is asked for what was committed, and once', async () => {
  const { sync, asked } = await start();
  sync.now();
  await sync.soon();
  expect(asked).toEqual([]);
  sync.committed();
  sync.now();
  sync.now();
  await sync.soon();
  expect(asked).toEqual(['now']);
  sync.close();
});

test('who asks while the disk is busy shares the next wait, and is told after it', async () => {
  const { sync, asked, waiting } = await start();
  sync.committed();
  const first = sync.soon();
  await turn();
  sync.committed();
  const [second, third] = [sync.soon(), sync.soon()];
  expect(second).toBe(third);
  waiting[0]!.resolve();
  await first;
  await turn();
  expect(asked).toEqual(['soon', 'soon']);
  const isDone = await Promise.race([second.then(() => true), turn().then(() => false)]);
  expect(isDone).toBe(false);
  waiting[1]!.resolve();
  await second;
  sync.now();
  expect(asked).toEqual(['soon', 'soon']);
  sync.close();
});

test('what was committed while the disk was busy is not taken for safe', async () => {
  const { sync, asked, waiting } = await start();
  sync.committed();
  const first = sync.soon();
  await turn();
  sync.committed();
  waiting[0]!.resolve();
  await first;
  sync.now();
  expect(asked).toEqual(['soon', 'now']);
  sync.close();
});

test('after a failure everything is written again before the disk is believed, until that was done', async () => {
  const { sync, asked, failures, fail } = await start();
  const full = new Error('full');
  sync.committed();
  fail(full);
  expect(() => sync.now()).toThrow(full);
  expect(() => sync.now()).toThrow(full);
  expect(failures).toEqual([full, full]);
  fail(null);
  await sync.soon();
  sync.committed();
  sync.now();
  expect(asked).toEqual(['now', 'checkpoint', 'now', 'checkpoint', 'now', 'now']);
  sync.close();
});

test('a failure in the background is told to who waits, and holds up no later one', async () => {
  const { sync, asked, failures, waiting } = await start();
  sync.committed();
  const first = sync.soon();
  await turn();
  waiting[0]!.reject(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  expect(failures).toHaveLength(1);
  await sync.soon();
  expect(asked).toEqual(['soon', 'checkpoint', 'now']);
  sync.close();
});

test('a database without a file waits for nothing, and a closed one neither', async () => {
  const none = createLogSync({ path: null, checkpoint: () => expect.unreachable(), onFailure: () => {} });
  none.committed();
  none.now();
  await none.soon();
  const { sync, asked } = await start();
  sync.committed();
  sync.close();
  sync.now();
  await sync.soon();
  expect(asked).toEqual([]);
});
