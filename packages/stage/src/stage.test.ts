import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createWallets, findFreePort, startDevnetProcess, startWeb3Bio } from './index.ts';

test('makes real wallets and reads their addresses back by exact name', async () => {
  const names = ['bob', 'bob-2'];
  const addresses = await createWallets(await temporaryDirectory(), names);
  expect(addresses).toHaveLength(2);
  expect(new Set(addresses).size).toBe(2);
  for (const address of addresses) expect(address).toMatch(/^0x[0-9a-fA-F]{40}$/);
});

test('skips ports that are in use or spoken for', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  const free = await findFreePort(port, new Set([port + 1]));
  expect(free).toBeGreaterThan(port + 1);
});

test('answers as web3.bio does', async () => {
  const web3bio = await startWeb3Bio(new Map([['bob.eth', `0x${'Ab'.repeat(20)}`]]));
  onTestFinished(() => web3bio.close());
  const ask = async (path: string) => {
    const response = await fetch(web3bio.url + path);
    return { status: response.status, body: await response.json() };
  };
  expect(await ask('/ns/ens/bob.eth')).toMatchObject({
    status: 200,
    body: { identity: 'bob.eth', platform: 'ens', address: `0x${'ab'.repeat(20)}` },
  });
  expect(await ask('/ns/ens/eve.eth')).toMatchObject({ status: 404, body: { error: 'Invalid Resolved Address' } });
  expect((await ask('/profile/bob.eth')).status).toBe(404);
});

test('a devnet process says where it is, and names its failure', async () => {
  const network = await startDevnetProcess(['--port', '0']);
  expect(network.ready.url).toBe(`http://127.0.0.1:${network.ready.port}`);
  await network.kill();
  await expect(startDevnetProcess(['--no-such-option'])).rejects.toThrow('ended with');
});
