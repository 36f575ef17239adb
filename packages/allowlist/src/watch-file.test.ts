import { watch } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setInterval as ticks } from 'node:timers/promises';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { watchFile } from './watch-file.ts';

/** Watches a file that is written every few ms; tells for how long it had rested at each call of `onChange`. */
async function watchBusyFile(settleMs: number) {
  const path = join(await temporaryDirectory(), 'list.yaml');
  await writeFile(path, '');
  const rests: number[] = [];
  let written = -Infinity;
  const stop = await watchFile({
    path,
    settleMs,
    pollMs: 60_000,
    onChange: async () => {
      rests.push(performance.now() - written);
    },
    onLost: () => {},
  });
  onTestFinished(stop);
  const write = async () => {
    await writeFile(path, String(written));
    written = performance.now();
  };
  return { rests, write };
}

test('a file is read when it has rested, not while it is being written', async () => {
  const { rests, write } = await watchBusyFile(100);
  let writes = 0;
  for await (const _ of ticks(10)) {
    if (writes < 30) await write();
    else if (rests.length > 0) break;
    writes++;
  }
  // However slow the machine is, it is not read at each of thirty writes.
  expect(rests.length).toBeLessThan(10);
});

test('a file that never rests is read all the same', async () => {
  const { rests, write } = await watchBusyFile(60);
  for await (const _ of ticks(5)) {
    await write();
    if (rests.length > 1) break;
  }
  expect(rests.length).toBeGreaterThan(1);
});

test('what is written beside the file wakes nobody', async () => {
  const folder = await temporaryDirectory();
  const [path, neighbour] = [join(folder, 'list.yaml'), join(folder, 'xmtp.db-wal')];
  await writeFile(path, '');
  const woken: string[] = [];
  const changed = Promise.withResolvers<void>();
  const stop = await watchFile({
    path,
    settleMs: 1,
    pollMs: 60_000,
    onChange: async () => changed.resolve(),
    onLost: () => {},
    watch: ((watched: string, options: object, listener: (event: string, name: string) => void) =>
      watch(watched, options, (event, name) => {
        woken.push(String(name));
        listener(event, String(name));
      })) as typeof watch,
  });
  onTestFinished(stop);
  for (let turn = 0; turn < 20; turn += 1) await writeFile(neighbour, String(turn));
  await writeFile(path, 'new');
  await changed.promise;
  expect(new Set(woken)).toEqual(new Set(['list.yaml']));
});

test('a file that appears later is found by the poll', async () => {
  const path = join(await temporaryDirectory(), 'list.yaml');
  let changes = 0;
  const stop = await watchFile({
    path,
    settleMs: 1,
    pollMs: 10,
    onChange: async () => {
      changes += 1;
    },
    onLost: () => {},
  });
  onTestFinished(stop);
  await writeFile(path, 'there');
  await waitFor(() => changes > 0);
  expect(changes).toBe(1);
});
