import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasUnseen } from '@xmtp-messaging/errors';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { startChain } from '../../test/chain-stand-in.ts';
import { profile, startWeb3Bio } from '../../test/web3bio-stand-in.ts';
import { runCli } from './run-cli.ts';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const other = '0x15088aBd6e7cF4fa14791B12643606b3615e2Df9';

async function setUp() {
  const [web, chain] = [await startWeb3Bio(), await startChain()];
  const hosts = join(await temporaryDirectory(), 'hosts.yaml');
  await writeFile(hosts, `bob.agent-23.xid.eth: ${address}`);
  web.profiles.set('ens/vitalik.eth', profile('vitalik.eth', address));
  web.profiles.set('ens/empty.eth', profile('empty.eth', null));
  chain.names.set('vitalik.eth', { address });
  const env = {
    XMTP_HOSTS_FILE: hosts,
    WEB3_BIO_URL: web.url,
    ETH_RPC_URL: chain.url,
    ID_CLI_COMMAND: '/nowhere/id-cli',
  };
  const run = async (...args: string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const { signal } = new AbortController();
    const code = await runCli({
      args,
      env,
      signal,
      print: (line) => out.push(line),
      printError: (line) => err.push(line),
    });
    return { code, out, err };
  };
  return { chain, run };
}

test('each name gets a line with its address and who said so', async () => {
  const { run } = await setUp();
  expect(await run('Vitalik.eth', 'bob.agent-23.xid.eth', address.toLowerCase())).toEqual({
    code: 0,
    err: [],
    out: [
      `vitalik.eth  ${address}  web3.bio, unverified`,
      `bob.agent-23.xid.eth  ${address}  hosts, unverified`,
      `${address}  ${address}  raw, verified`,
    ],
  });
});

test('--json prints one object per name, failures too', async () => {
  const { run } = await setUp();
  const { code, out, err } = await run('--json', 'vitalik.eth', 'nobody.eth');
  expect(code).toBe(3);
  expect(err).toEqual([]);
  const [first, second] = out.map((line) => JSON.parse(line) as unknown);
  expect(first).toMatchObject({ ok: true, name: 'vitalik.eth', address, source: 'web3.bio', verified: false });
  expect(second).toMatchObject({
    ok: false,
    input: 'nobody.eth',
    error: { code: 'NOT_FOUND', source: 'web3.bio', status: 404 },
  });
});

test.each([
  [['vitalik.eth'], 0],
  [['alice.agent-23.xid.eth'], 1],
  [['a..eth'], 2],
  [['0x1234...abcd'], 2],
  [['alice.com'], 2],
  [[], 2],
  [['--nonsense', 'vitalik.eth'], 2],
  [['--source', 'dns', 'vitalik.eth'], 2],
  [['nobody.eth'], 3],
  [['empty.eth'], 4],
  [['nobody.eth', 'empty.eth', 'a..eth'], 3],
  [['--source', 'onchain', 'vitalik.eth'], 0],
  [['--source', 'hosts', 'vitalik.eth'], 1],
  [['--verify', 'vitalik.eth'], 0],
  [['--pinned', address, 'Vitalik.eth'], 0],
  [['--pinned', other, 'vitalik.eth'], 6],
  [['--pinned', '0x12', 'vitalik.eth'], 2],
  [['--pinned', address, 'vitalik.eth', 'nobody.eth'], 2],
  [['--pinned', address, 'nobody.eth'], 3],
  [['--help'], 0],
])('%j exits with %i', async (args, code) => {
  const { run } = await setUp();
  expect((await run(...args)).code).toBe(code);
});

test('a disagreement exits with 5 and shows both answers', async () => {
  const { chain, run } = await setUp();
  chain.names.set('vitalik.eth', { address: other });
  const { code, out, err } = await run('--verify', 'vitalik.eth');
  expect({ code, out }).toEqual({ code: 5, out: [] });
  expect(err[0]).toMatch(new RegExp(`^SOURCE_DISAGREEMENT: .*${address}.*${other}`));
});

test('a terminal obeys nothing of a hostile option or name', async () => {
  const { run } = await setUp();
  for (const hostile of ['--\u001b[31m\u009b1m\u202eopt', '\u001b]0;x\u0007.eth']) {
    const { code, out, err } = await run(hostile);
    expect([code, out]).toEqual([2, []]);
    expect(hasUnseen(err.join('').replaceAll('\n', ''))).toBe(false);
  }
});

test('a name that has moved is told with both addresses, and printed as nobody', async () => {
  const { run } = await setUp();
  const { code, out, err } = await run('--pinned', other, 'vitalik.eth');
  expect({ code, out }).toEqual({ code: 6, out: [] });
  expect(err[0]).toMatch(new RegExp(`^ADDRESS_CHANGED: .*${address}.*${other}.*pin the new address`));
  const json = await run('--json', '--pinned', other, 'vitalik.eth');
  expect(JSON.parse(json.out[0]!)).toMatchObject({
    ok: false,
    error: { code: 'ADDRESS_CHANGED', answers: [{ address }] },
  });
});
