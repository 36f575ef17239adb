import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { startChain } from '../test/chain-stand-in.ts';
import { profile, startWeb3Bio } from '../test/web3bio-stand-in.ts';
import { createEnsResolver } from './create-ens-resolver.ts';

const one = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const two = '0x15088aBd6e7cF4fa14791B12643606b3615e2Df9';
const lower = one.toLowerCase();

async function setUp() {
  const web = await startWeb3Bio();
  const claim = (identity: unknown, platform = 'ens', address = lower) =>
    web.profiles.set(`ens/${lower}`, { ...profile('x', address, platform), identity });
  const resolver = createEnsResolver({ web3bio: { baseUrl: web.url, retries: 0, budget: null }, idCli: false });
  return { web, claim, resolver };
}

test('a name that leads back is shown, unproved as it is', async () => {
  const { web, claim, resolver } = await setUp();
  claim('vitalik.eth');
  web.profiles.set('ens/vitalik.eth', profile('vitalik.eth', lower));
  const found = { address: one, name: 'vitalik.eth', source: 'web3.bio', verified: false };
  expect(await resolver.reverse(lower)).toEqual(found);
  expect(await resolver.reverse(one)).toEqual(found);
  expect(web.requests.map(({ path }) => path)).toEqual([`/ns/ens/${lower}`, '/ns/ens/vitalik.eth']);
});

test('a name of somebody else, or of nobody, is not shown', async () => {
  const { web, claim, resolver } = await setUp();
  claim('vitalik.eth');
  expect(await resolver.reverse(one)).toBeNull();
  web.profiles.set('ens/vitalik.eth', profile('vitalik.eth', two));
  expect(await resolver.reverse(one, { fresh: true })).toBeNull();
});

test.each([
  ['an address without a name', lower, 'ethereum'],
  ['another platform', 'vitalik.farcaster', 'farcaster'],
  ['a name not in normal form', 'Vitalik.eth', 'ens'],
  ['a look-alike', 'vitalіk.eth', 'ens'],
  ['markup', '<img src=x>.eth', 'ens'],
  ['an address as name', lower, 'ens'],
  ['no text', 7, 'ens'],
])('%s is not even looked up', async (_, identity, platform) => {
  const { web, claim, resolver } = await setUp();
  claim(identity, platform);
  expect(await resolver.reverse(one)).toBeNull();
  expect(web.requests).toHaveLength(1);
});

test('a claim about another address, and 404, are nothing', async () => {
  const { web, claim, resolver } = await setUp();
  claim('vitalik.eth', 'ens', two.toLowerCase());
  web.profiles.set('ens/vitalik.eth', profile('vitalik.eth', lower));
  expect(await resolver.reverse(one)).toBeNull();
  expect(web.requests).toHaveLength(1);
  web.profiles.clear();
  expect(await resolver.reverse(one, { fresh: true })).toBeNull();
});

test('a source that fails is not an address without a name', async () => {
  const { web, resolver } = await setUp();
  web.override = (_, response) => {
    response.writeHead(500).end();
    return true;
  };
  await expect(resolver.reverse(one)).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' });
  await expect(resolver.reverse('0x12')).rejects.toMatchObject({ code: 'INVALID_ADDRESS' });
  await expect(resolver.reverse(one, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
});

test('with a chain the claim and the way back are read there', async () => {
  const chain = await startChain();
  chain.primary.set(lower, 'vitalik.eth');
  chain.names.set('vitalik.eth', { address: one });
  const { reverse } = createEnsResolver({ onchain: { rpcUrl: chain.url } });
  expect(await reverse(one)).toEqual({ address: one, name: 'vitalik.eth', source: 'onchain', verified: true });
});

test('the hosts file names its own addresses, without any other source', async () => {
  const path = join(await temporaryDirectory(), 'hosts.yaml');
  await writeFile(path, `bob.agent-23.xid.eth: ${one}`);
  const { reverse } = createEnsResolver({ hosts: { path }, web3bio: false, idCli: false });
  expect(await reverse(one)).toEqual({ address: one, name: 'bob.agent-23.xid.eth', source: 'hosts', verified: false });
  await expect(reverse(two)).rejects.toMatchObject({ code: 'RESOLVER_UNAVAILABLE' });
});
