import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { createDevnet } from '@xmtp-messaging/devnet';
import { expect, onTestFinished, test } from 'vitest';
import { createNetworkFaults } from './create-network-faults.ts';

test('faults of a real network overlap, end one by one, and come back after a restart', async () => {
  let network = await createDevnet();
  onTestFinished(() => network.close());
  const faults = createNetworkFaults({ seed: 7, controlUrl: () => network.historyUrl });

  const endSlow = await faults.add({ latency: [{ ms: 5 }] });
  await faults.add({ errors: [{ code: 'UNAVAILABLE', probability: 0.5 }] });
  expect(network.faults.plan()).toMatchObject({ seed: 7, latency: [{ ms: 5 }], errors: [{ code: 'UNAVAILABLE' }] });
  expect(await faults.injected()).toBe(0);
  await endSlow();
  expect(network.faults.plan()).toMatchObject({ latency: [], errors: [{ code: 'UNAVAILABLE' }] });

  await network.close();
  await faults.dropStreams();
  network = await createDevnet();
  await faults.restore();
  expect(network.faults.plan()).toMatchObject({ errors: [{ code: 'UNAVAILABLE' }] });
  await expect(faults.add({ latency: [{ ms: -1 }] })).rejects.toThrow('400');
});

test('methods named as V3 names them are those that do their work on the decentralised network', async () => {
  const network = await createDevnet({ protocol: 'd14n' });
  onTestFinished(() => network.close());
  const faults = createNetworkFaults({ seed: 7, controlUrl: () => network.historyUrl, protocol: 'd14n' });
  const codes = { code: 'UNAVAILABLE', afterwards: true } as const;
  await faults.add({ errors: [{ method: 'SendGroupMessages', ...codes }] });
  await faults.add({ errors: [{ method: 'GetInboxIds', ...codes }] });
  expect(network.faults.plan().errors).toEqual([
    { method: 'PublishClientEnvelopes', ...codes },
    { method: 'GetInboxIds', ...codes },
  ]);
});

test('a plan that is slow to arrive does not undo a later one', async () => {
  const { promise: laterAsked, resolve: askLater } = Promise.withResolvers<void>();
  const applied: unknown[] = [];
  const control = createServer((request, response) => {
    const apply = async () => {
      const { latency } = JSON.parse(await text(request)) as { latency: { ms: number }[] };
      // The one with the fault dawdles.
      if (latency.length > 0) await Promise.race([laterAsked, delay(200)]);
      else askLater();
      applied.push(latency);
      response.end();
    };
    void apply();
  });
  await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void control.close());
  const url = `http://127.0.0.1:${(control.address() as AddressInfo).port}`;
  const faults = createNetworkFaults({ seed: 7, controlUrl: () => url });
  const end = await faults.add({ latency: [{ ms: 5 }] });
  await Promise.all([faults.restore(), end()]);
  expect(applied.at(-1)).toEqual([]);
});
