import { readdir } from 'node:fs/promises';
import { createDevnet } from '@xmtp-messaging/devnet';
import { startWeb3Bio } from '@xmtp-messaging/stage';
import { networkAt, temporaryDirectory, testProtocol } from '@xmtp-messaging/testing';
import { listInstallations } from '@xmtp-messaging/xmtp-core';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CheckResult } from '../src/check/types.ts';
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

test('everything is tried with two new wallets, told in a table, and taken back', async () => {
  const devnet = await createDevnet({ protocol: testProtocol });
  const web3Bio = await startWeb3Bio(new Map([['someone.eth', `0x${'2'.repeat(40)}`]]));
  onTestFinished(async () => void (await Promise.all([devnet.close(), web3Bio.close()])));
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
  const devnet = await createDevnet({ protocol: testProtocol });
  const { url } = devnet;
  await devnet.close();
  const { code, out, left } = await check(url, [], { WEB3_BIO_URL: 'http://127.0.0.1:1' });
  expect([code, left]).toEqual([1, []]);
  expect(out).toMatch(
    /✗ network +Nothing answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)\.\n +Check the connection/u,
  );
  expect(out).toMatch(/✗ names /u);
  expect(out).not.toMatch(/wallets|register/u);
  expect(out).toMatch(/^\| network \| fail \| \d+ ms \| Nothing answers/mu);
});

test('an address that is none is refused before anything is made', async () => {
  const folder = await temporaryDirectory();
  const place = { cwd: folder, env: { HOME: folder, PATH: '/usr/bin:/bin' } };
  expect(await run(['check', '--url', 'grpc.example'], place)).toMatchObject({ code: 2, out: '' });
});
