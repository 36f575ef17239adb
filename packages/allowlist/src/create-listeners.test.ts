import { expect, test } from 'vitest';
import { createListeners } from './create-listeners.ts';

const status = { state: 'ready', count: 1, loadedAt: 0, error: null } as const;

test('a change waits for those who are busy with it, and not for one who never ends', async () => {
  const ended = new AbortController();
  const listeners = createListeners(() => ended.signal);
  const log: string[] = [];
  const busy = Promise.withResolvers<void>();
  listeners.add(async () => {
    log.push('told');
    await busy.promise;
    log.push('done');
  });
  const told = listeners.tell(status).then(() => log.push('waited'));
  expect(log).toEqual(['told']);
  busy.resolve();
  await told;
  expect(log).toEqual(['told', 'done', 'waited']);
  listeners.add(() => new Promise(() => {}));
  const stuck = listeners.tell(status);
  ended.abort();
  await stuck;
});
