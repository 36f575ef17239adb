import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createDevnet } from './create-devnet.ts';
import { DevnetError } from './errors.ts';

async function takePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test('a taken port is named, and nothing of the network stays behind', async () => {
  const dataDir = await temporaryDirectory();
  const taken = await takePort();
  for (const options of [{ port: taken }, { webPort: taken }, { historyPort: taken }, { webPort: 70_000 }]) {
    await expect(createDevnet({ dataDir, ...options })).rejects.toMatchObject({
      code: 'CANNOT_LISTEN',
      shortMessage: expect.stringMatching(new RegExp(`cannot listen on 127.0.0.1:(${taken}|70000)`)),
    });
  }
  // The data could not be opened again if one of the failures had kept it.
  const network = await createDevnet({ dataDir });
  await network.close();
});

test('an unsound fault plan is refused, at the start and later, and the old one stays', async () => {
  await expect(createDevnet({ faults: { latency: [{ ms: -1 }] } })).rejects.toBeInstanceOf(DevnetError);
  const network = await createDevnet({ faults: { refuseWrites: true } });
  onTestFinished(() => network.close());
  expect(() => network.faults.set({ seed: 0.5 })).toThrow(/fault plan is not valid/);
  expect(network.faults.plan()).toEqual({ refuseWrites: true });
});

test('networks live side by side and know nothing of each other', async () => {
  const [one, two] = await Promise.all([createDevnet(), createDevnet()]);
  expect(new Set([one.url, one.webUrl, one.historyUrl, two.url, two.webUrl, two.historyUrl]).size).toBe(6);
  await fetch(`${one.historyUrl}/upload`, { method: 'POST', body: 'archive' });
  expect([one.stats().stored['files'], two.stats().stored['files']]).toEqual([1, 0]);
  await Promise.all([one.close(), two.close(), one.close()]);
});
