import { expect, test } from 'vitest';
import { createMemoryApp } from '../../test/memory-app.ts';

test('the bell and the inbox are shown under their own names, and under those that old readers know', async () => {
  const app = await createMemoryApp();
  const status = (await (await app.request('GET', '/xmtp/status')).json()) as Record<string, unknown>;
  expect(status).toMatchObject({
    bell: { up: expect.any(Boolean), reason: null },
    inbox: { pending: 0, dead: 0, dropped: 0, waiting: [] },
  });
  expect([status['stream'], status['journal']]).toEqual([status['bell'], status['inbox']]);
});
