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
