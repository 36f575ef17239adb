import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openAgent } from '@xmtp-messaging/agent';
import { createDevnet, type Devnet } from '@xmtp-messaging/devnet';
import { startWeb3Bio } from '@xmtp-messaging/stage';
import { networkAt, temporaryDirectory, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { listInstallations } from '@xmtp-messaging/xmtp-core';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { throwAway } from '../src/check/throw-away.ts';
import type { CheckResult } from '../src/check/types.ts';
import { createVault } from '../src/wallet/create-vault.ts';
import { run } from './run.ts';

/** `check` on a local network, in a temporary folder of its own. */
async function check(url: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const folder = await temporaryDirectory();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { gatewayHost } = networkAt(url);
  const gateway = gatewayHost === undefined ? [] : ['--gateway', gatewayHost];
  const place = { cwd: folder, env: { HOME: folder, PATH: '/usr/bin:/bin', ...env } };
  const ended = await run(['check', '--network', 'local', '--url', url, ...gateway, ...args], place);
  return { ...ended, left: await readdir(folder) };
}

const steps = 'network retirement names wallets register bell message answer attachment group budget revoke'.split(' ');
const levels = (results: readonly CheckResult[]) => results.map(({ check, level }) => `${check}: ${level}`);

let devnet: Devnet;
beforeAll(async () => {
  devnet = await createDevnet({ protocol: testProtocol });
});
afterAll(() => devnet.close());

test('everything is tried with two new wallets, told in a table, and taken back', async () => {
  const web3Bio = await startWeb3Bio(new Map([['someone.eth', `0x${'2'.repeat(40)}`]]));
  onTestFinished(() => web3Bio.close());
  const { code, json, left } = await check(devnet.url, ['--name', 'someone.eth', '--json'], {
    WEB3_BIO_URL: web3Bio.url,
  });
  const { results } = json() as { results: CheckResult[] };
  expect(levels(results)).toEqual(
    steps.filter((name) => testProtocol === 'v3' || name !== 'retirement').map((name) => `${name}: ok`),
  );
  expect([code, left]).toEqual([0, []]);
  const said = (name: string) => results.find((result) => result.check === name)!.message;
  const addresses = said('wallets').match(/0x[0-9a-fA-F]{40}/gu) as `0x${string}`[];
  expect(addresses).toHaveLength(2);
  for (const address of addresses)
    expect(await listInstallations({ network: networkAt(devnet.url), address })).toMatchObject({ installations: [] });
  expect(said('revoke')).toBe('Revoked 2 installations.');
});

test('what fails is told with what to do; without a network no wallet is made', async () => {
  const { code, out, left } = await check('http://127.0.0.1:1', [], { WEB3_BIO_URL: 'http://127.0.0.1:1' });
  expect([code, left]).toEqual([1, []]);
  expect(out).toMatch(
    /✗ network +Nothing answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\)\.\n +Check the connection/u,
  );
  expect(out).toMatch(/✗ names /u);
  expect(out).not.toMatch(/wallets|register/u);
  expect(out).toMatch(/^\| network \| fail \| \d+ ms \| Nothing answers/mu);
});

test('a check that is given up while it registers leaves no installation behind', async () => {
  const made = await throwAway({ network: networkAt(devnet.url) });
  onTestFinished(() => made.remove());
  const addresses = (await made.makeWallets()) as `0x${string}`[];
  const installations = async () => {
    const found = addresses.map((address) => listInstallations({ network: networkAt(devnet.url), address }));
    return (await Promise.all(found)).flatMap((inbox) => inbox?.installations ?? []);
  };
  const stop = new AbortController();
  const opening = made.open(stop.signal).catch(() => null);
  await waitFor(async () => (await installations()).length > 0);
  stop.abort();
  await made.revoke();
  expect(await installations()).toEqual([]);
  await opening;
  expect(await installations()).toEqual([]);
});

test('an address that is none is refused before anything is made', async () => {
  const folder = await temporaryDirectory();
  const place = { cwd: folder, env: { HOME: folder, PATH: '/usr/bin:/bin' } };
  expect(await run(['check', '--url', 'grpc.example'], place)).toMatchObject({ code: 2, out: '' });
});

test('installations are listed, and revoked once somebody agrees; the one that is here only by name', async () => {
  const root = await temporaryDirectory();
  await createVault(root).create('ann');
  const network = networkAt(devnet.url);
  const register = async (folder: string) => {
    const wallet = { name: 'ann', home: root };
    const agent = await openAgent({ wallet, network, homeRoot: join(root, folder) });
    const { installationId } = agent.mailbox.status();
    await agent.close();
    return installationId;
  };
  const [here, there] = [await register('.xmtp'), await register('elsewhere')];
  const { gatewayHost: XMTP_GATEWAY_HOST } = network;
  const env = { HOME: root, PATH: '/usr/bin:/bin', XMTP_ENV: 'local', XMTP_API_URL: devnet.url };
  const place = { cwd: root, env: XMTP_GATEWAY_HOST === undefined ? env : { ...env, XMTP_GATEWAY_HOST } };
  const revoke = async (args: readonly string[], answer = '') => {
    const ended = await run(['revoke-installations', 'ann', '--json', ...args], { ...place, answer });
    return { code: ended.code, ...(ended.json() as Record<string, unknown>) };
  };
  expect(await revoke([])).toMatchObject({
    code: 0,
    installations: [
      { id: here, here: true },
      { id: there, here: false },
    ],
    revoked: [],
  });
  expect(await revoke(['--others'])).toMatchObject({ code: 1, error: { code: 'NOT_AGREED' } });
  expect(await revoke(['--others'], 'y')).toMatchObject({ code: 0, revoked: [there] });
  expect(await revoke(['--id', there, '--yes'])).toMatchObject({ code: 2, error: { code: 'ARGUMENT_INVALID' } });
  expect(await revoke(['--id', here, '--yes'])).toMatchObject({ code: 0, revoked: [here] });
  expect(await revoke([])).toMatchObject({ code: 0, installations: [] });
});
