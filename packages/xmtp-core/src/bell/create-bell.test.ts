import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import type { BellListeners } from './connect-bell.ts';
import { type BellOptions, createBell } from './create-bell.ts';

/** Connections that do what the test tells them; what a node does is tested end to end. */
function setUp(options: Partial<BellOptions> = {}) {
  const connections: (BellListeners & { closed: boolean; added: string[] })[] = [];
  const calls: string[] = [];
  const bell = createBell({
    cursors: async (groupIds) => groupIds.map((key) => ({ key, cursor: 1n })),
    groups: async () => [{ key: 'g', cursor: 1n }],
    now: () => 42,
    random: () => 0,
    connect(listeners) {
      const connection = { ...listeners, closed: false, added: [] as string[] };
      connections.push(connection);
      return {
        add: (groups) => void connection.added.push(...groups.map(({ key }) => key)),
        close: () => {
          connection.closed = true;
        },
      };
    },
    ...options,
  });
  bell.start({
    onGroup: async ({ groupId }) => void calls.push(`group ${groupId}`),
    onWelcome: async () => void calls.push('welcome'),
    onUp: async () => void calls.push('up'),
    onAdded: (groupIds) => calls.push(`added ${groupIds.join()}`),
    onMissed: () => calls.push('missed'),
    onDown: (why) => calls.push(`down ${why}`),
  });
  onTestFinished(() => bell.close());
  const nth = (count: number) => waitFor(() => connections.length >= count && connections[count - 1]);
  return { bell, calls, nth, connections };
}

test('it is up only once the network confirmed, and tells what rings', async () => {
  const { bell, calls, nth } = setUp();
  const first = await nth(1);
  expect(bell.facts()).toEqual({ up: false, lastRingAt: null, since: null, reason: null });
  await first.onReady();
  await first.onGroup({ groupId: 'g', data: null, senderHmac: null });
  await first.onWelcome();
  expect(calls).toEqual(['up', 'group g', 'welcome']);
  expect(bell.facts()).toEqual({ up: true, lastRingAt: 42, since: 42, reason: null });
});

test('after a break it is hung up again', async () => {
  const { bell, calls, nth } = setUp();
  await (await nth(1)).onReady();
  (await nth(1)).onDown('reset');
  expect([bell.isUp(), bell.facts().reason]).toEqual([false, 'reset']);
  await (await nth(2)).onReady();
  expect([bell.isUp(), bell.facts().reason]).toEqual([true, null]);
  expect(calls).toEqual(['up', 'down reset', 'up']);
});

test('a connection that is never confirmed is given up and tried anew', async () => {
  const { calls, nth } = setUp({ readyWithinMs: 5 });
  const first = await nth(1);
  await nth(2);
  expect(first.closed).toBe(true);
  expect(calls[0]).toContain('not confirmed');
});

test('it is rebuilt from time to time, without a gap', async () => {
  const { bell, nth } = setUp({ rebuildEveryMs: 5 });
  const first = await nth(1);
  await first.onReady();
  const second = await nth(2);
  expect([bell.isUp(), first.closed]).toEqual([true, false]);
  await second.onReady();
  expect([bell.isUp(), first.closed]).toEqual([true, true]);
});

test('many single additions are gathered into a new connection', async () => {
  const { bell, nth, connections } = setUp();
  await (await nth(1)).onReady();
  for (let turn = 0; turn < 51; turn += 1) bell.listen([`g${turn}`]);
  await nth(2);
  expect(connections[0]!.added).toHaveLength(51);
});

test('where there is none, and before it is hung, it asks nobody and is down', async () => {
  const none = setUp({ connect: null });
  none.bell.listen(['g']);
  const unhung = createBell({
    connect: () => ({ add: () => undefined, close: () => undefined }),
    cursors: () => Promise.reject(new Error('asked')),
    groups: () => Promise.reject(new Error('asked')),
    now: () => 42,
    random: () => 0,
  });
  unhung.listen(['g']);
  expect([none.bell, unhung].map((bell) => [bell.isEnabled, bell.isUp()])).toEqual([
    [false, false],
    [true, false],
  ]);
  expect(none.calls).toEqual([]);
});

test('what it cannot ring for is told', async () => {
  const { bell, calls, nth } = setUp({ cursors: () => Promise.reject(new Error('the database is busy')) });
  await (await nth(1)).onReady();
  bell.listen(['g']);
  await expect(waitFor(() => calls.includes('missed'))).resolves.toBe(true);
});

test('closed, it stays closed', async () => {
  const { bell, nth, connections } = setUp();
  const first = await nth(1);
  bell.close();
  first.onDown('late');
  bell.listen(['g']);
  await Promise.resolve();
  expect([first.closed, bell.isUp(), connections.length]).toEqual([true, false, 1]);
});
