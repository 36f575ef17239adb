import { join } from 'node:path';
import { createManualClock, temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createDriftMonitor, type Drift, type DriftMonitorOptions } from './create-drift-monitor.ts';
import { openAllowlist } from './open-allowlist.ts';

const a = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const b = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';
const c = '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB';

async function start(options: Partial<DriftMonitorOptions> = {}) {
  const allowlist = await openAllowlist({ path: join(await temporaryDirectory(), 'allowlist.yaml'), watch: false });
  onTestFinished(() => allowlist.close());
  await allowlist.add({ address: a, name: 'alice.eth' });
  await allowlist.add({ address: b, name: 'the boss' });
  const names = new Map([['alice.eth', a.toLowerCase()]]);
  const asked: string[] = [];
  const heard: Drift[] = [];
  const clock = createManualClock();
  const monitor = createDriftMonitor({
    allowlist,
    resolve: async (name) => {
      asked.push(name);
      const address = names.get(name);
      if (address === undefined) throw new Error('no such name');
      return { address };
    },
    onDrift: (drift) => heard.push(drift),
    now: () => clock.now(),
    ...options,
  });
  onTestFinished(() => monitor.close());
  return { allowlist, names, asked, heard, clock, monitor };
}

test('a name that still means its address is no drift; a label that is no name is not asked for', async () => {
  const { monitor, asked, clock } = await start();
  expect(monitor.lastCheck()).toBeNull();
  expect(await monitor.check()).toEqual([]);
  expect(asked).toEqual(['alice.eth']);
  expect(monitor.lastCheck()).toEqual({ at: clock.now(), resolved: 1, failed: 0 });
});

test('M8, M9: a name that points elsewhere is reported once and never followed', async () => {
  const { monitor, names, heard, clock, allowlist } = await start();
  names.set('alice.eth', c);
  const drift = { name: 'alice.eth', address: a, resolvedAddress: c, since: clock.now() };
  expect(await monitor.check()).toEqual([drift]);
  clock.advance(1_000);
  await monitor.check();
  expect(heard).toEqual([drift]);
  expect([allowlist.has(a), allowlist.has(c)]).toEqual([true, false]);

  names.set('alice.eth', b);
  await monitor.check();
  expect(heard.map(({ resolvedAddress }) => resolvedAddress)).toEqual([c, b]);
  names.set('alice.eth', a);
  expect(await monitor.check()).toEqual([]);
});

test('a name that cannot be resolved says nothing about drift', async () => {
  const { monitor, names, heard } = await start();
  names.set('alice.eth', c);
  await monitor.check();
  names.delete('alice.eth');
  expect(await monitor.check()).toHaveLength(1);
  expect(monitor.lastCheck()).toMatchObject({ resolved: 0, failed: 1 });
  expect(heard).toHaveLength(1);
});

test('a removed entry drifts no more', async () => {
  const { monitor, names, allowlist } = await start();
  names.set('alice.eth', c);
  await monitor.check();
  await allowlist.remove('alice.eth');
  expect(monitor.drifts()).toEqual([]);
});

test('checks repeat on their own, one at a time, until closed', async () => {
  const { monitor, names, heard, asked } = await start({ intervalMs: 5 });
  names.set('alice.eth', c);
  await waitFor(() => heard.length === 1 && asked.length > 2, { what: 'the drift' });
  expect(monitor.check()).toBe(monitor.check());
  monitor.close();
  await expect(monitor.check()).rejects.toMatchObject({ name: 'AbortError' });
});

test('a resolver that never answers costs one time limit, not the monitor', async () => {
  const { monitor } = await start({ timeoutMs: 10, resolve: () => new Promise(() => {}) });
  expect(await monitor.check()).toEqual([]);
  expect(monitor.lastCheck()).toMatchObject({ failed: 1 });
});

test.each([2 ** 31, Number.POSITIVE_INFINITY])('an interval of %d is long, not none', async (intervalMs) => {
  const often = await start({ intervalMs: 5 });
  const rare = await start({ intervalMs });
  await waitFor(() => often.asked.length > 3);
  expect(rare.asked).toEqual([]);
});

test('what others find is taken as if it had been looked up here', async () => {
  const { monitor, heard, clock } = await start();
  const entry = { address: a, name: 'alice.eth' };
  monitor.observe(entry, c);
  clock.advance(1_000);
  monitor.observe(entry, c);
  expect(heard).toEqual([{ ...entry, resolvedAddress: c, since: clock.now() - 1_000 }]);
  monitor.observe(entry, a.toUpperCase().replace('X', 'x'));
  expect(monitor.drifts()).toEqual([]);
  monitor.observe(entry, c);
  expect(heard).toHaveLength(2);
});

test('an entry under another name is another drift', async () => {
  const { allowlist, monitor, heard } = await start();
  monitor.observe({ address: a, name: 'alice.eth' }, c);
  await allowlist.rename(a, 'other.eth');
  monitor.observe({ address: a, name: 'other.eth' }, c);
  expect(heard.map(({ name }) => name)).toEqual(['alice.eth', 'other.eth']);
  expect(monitor.drifts()).toHaveLength(1);
});

test('what was taken off the list at a check is forgotten, and clean when it comes back', async () => {
  const { allowlist, names, monitor } = await start();
  names.set('alice.eth', c);
  await monitor.check();
  await allowlist.remove(a);
  await monitor.check();
  await allowlist.add({ address: a, name: 'alice.eth' });
  expect(monitor.drifts()).toEqual([]);
});

test('an entry that leaves, or changes its name, while others are asked is not asked for', async () => {
  const { allowlist, names, monitor, asked } = await start({
    resolve: async (name) => {
      asked.push(name);
      await allowlist.remove('carol.eth');
      await allowlist.rename(b, 'new.eth');
      return { address: names.get(name)! };
    },
  });
  await allowlist.rename(b, 'bob.eth');
  await allowlist.add({ address: c, name: 'carol.eth' });
  await monitor.check();
  expect(asked).toEqual(['alice.eth']);
  expect(monitor.lastCheck()).toMatchObject({ resolved: 1, failed: 0 });
});

test('a signal of the caller ends it, also between two names', async () => {
  const ends = new AbortController();
  const { monitor } = await start({
    signal: ends.signal,
    resolve: async () => {
      ends.abort(new Error('enough'));
      return { address: a };
    },
  });
  await expect(monitor.check()).rejects.toThrow('enough');
  expect(monitor.lastCheck()).toBeNull();
});
