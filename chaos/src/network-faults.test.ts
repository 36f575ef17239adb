import { createDevnet } from '@xmtp-messaging/devnet';
import { expect, onTestFinished, test } from 'vitest';
import { createNetworkFaults } from './network-faults.ts';

test('faults of a real network overlap, end one by one, and come back after a restart', async () => {
  let network = await createDevnet();
  onTestFinished(() => network.close());
  const faults = createNetworkFaults({ seed: 7, controlUrl: () => network.historyUrl });

  const endSlow = await faults.add({ latency: [{ ms: 5 }] });
  await faults.add({ errors: [{ code: 'UNAVAILABLE', probability: 0.5 }] });
  expect(network.faults.plan()).toMatchObject({ seed: 7, latency: [{ ms: 5 }], errors: [{ code: 'UNAVAILABLE' }] });
  await endSlow();
  expect(network.faults.plan()).toMatchObject({ latency: [], errors: [{ code: 'UNAVAILABLE' }] });

  await network.close();
  await faults.dropStreams();
  network = await createDevnet();
  await faults.restore();
  expect(network.faults.plan()).toMatchObject({ errors: [{ code: 'UNAVAILABLE' }] });
  await expect(faults.add({ latency: [{ ms: -1 }] })).rejects.toThrow('400');
});
