import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { patient, temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createWallets, findFreePort, startDevnetProcess, startOnFreePort, startWeb3Bio } from './index.ts';
import { sourceFlags } from '@xmtp-messaging/testing/source-flags';

const devnetCli = fileURLToPath(new URL('cli.ts', import.meta.resolve('@xmtp-messaging/devnet')));

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

test('a devnet process says where it is, and names its failure', { timeout: patient(60_000) }, async () => {
  const network = await startDevnetProcess(['--port', '0']);
  expect(network.ready.url).toBe(`http://127.0.0.1:${network.ready.port}`);
  await network.kill();
  await expect(startDevnetProcess(['--no-such-option'])).rejects.toThrow('ended with');
});

test('an agent whose port was taken in the meantime gets the next one', { timeout: patient(60_000) }, async () => {
  const other = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ connected: true, address: `0x${'1'.repeat(40)}` }));
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void other.close(() => resolve())));
  const { port } = other.address() as AddressInfo;

  const folder = await temporaryDirectory();
  // As a person would: from the line that the network prints for a mailbox.
  const devnet = spawn(process.execPath, [...sourceFlags, devnetCli, '--port', '0'], { stdio: 'pipe' });
  onTestFinished(() => void devnet.kill('SIGKILL'));
  let banner = '';
  devnet.stdout.on('data', (chunk: Buffer) => (banner += chunk.toString()));
  const [, line] = await waitFor(() => /^ {2}Mailbox +export (.+)$/mu.exec(banner), {
    what: 'the banner',
    timeoutMs: 30_000,
  });
  const settings = Object.fromEntries(line!.split(' ').map((setting) => setting.split(/=(.*)/su, 2)));
  const [address] = await createWallets(folder, ['late']);
  const tried: number[] = [];
  const agent = await startOnFreePort({
    name: 'late',
    address: address!,
    firstPort: port,
    taken: new Set(),
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      OWS_WALLET: 'late',
      XMTP_HOME: join(folder, 'xmtp'),
      ...settings,
    },
    logFile: join(folder, 'log'),
    onStart: (started) => onTestFinished(() => started.stop()),
    // The first look says that the port is free; it no longer is.
    findPort: async (start, taken) => {
      const found = taken.size === 0 ? start : await findFreePort(start, taken);
      tried.push(found);
      return found;
    },
  });
  expect(tried[0]).toBe(port);
  expect(tried).toHaveLength(2);
  expect(agent.url).toBe(`http://127.0.0.1:${tried[1]}`);
});
