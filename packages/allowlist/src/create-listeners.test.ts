import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createListeners } from './create-listeners.ts';

const status = { state: 'ready', count: 1, loadedAt: 0, error: null } as const;

test('a change waits for those who are busy with it', async () => {
  const listeners = createListeners();
  const log: string[] = [];
  const busy = Promise.withResolvers<void>();
  listeners.add(async () => {
    log.push('told');
    await busy.promise;
    log.push('done');
  });
  const told = listeners.tell(status).then(() => log.push('waited'));
  await nextTurn();
  expect(log).toEqual(['told']);
  busy.resolve();
  await told;
  expect(log).toEqual(['told', 'done', 'waited']);
});

test('a change does not wait for one who never ends', async () => {
  const ended = new AbortController();
  const listeners = createListeners(() => ended.signal);
  listeners.add(() => new Promise(() => {}));
  const stuck = listeners.tell(status);
  ended.abort();
  await expect(stuck).resolves.toBeUndefined();
});

test('who has gone, and who was there before all were sent away, is told nothing', async () => {
  const listeners = createListeners();
  const log: string[] = [];
  const go = listeners.add(() => void log.push('one'));
  listeners.add(() => void log.push('two'));
  go();
  await listeners.tell(status);
  listeners.clear();
  await listeners.tell(status);
  expect(log).toEqual(['two']);
});

test('what a listener throws, at once or later, is told to its owner and to none of the others', async () => {
  const later: (() => void)[] = [];
  const queue = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((task) => void later.push(task));
  onTestFinished(() => queue.mockRestore());
  const listeners = createListeners();
  const log: string[] = [];
  listeners.add(() => {
    throw new Error('at once');
  });
  listeners.add(() => Promise.reject(new Error('later')));
  listeners.add(() => void log.push('told'));
  await listeners.tell(status);
  expect(log).toEqual(['told']);
  expect(later).toHaveLength(2);
  expect(later[0]).toThrow('at once');
  expect(later[1]).toThrow('later');
});
