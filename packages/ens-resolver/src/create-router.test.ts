import { expect, test } from 'vitest';
import { startChain } from '../test/chain-stand-in.ts';
import { writeFakeIdCli } from '../test/fake-id-cli.ts';
import { idCliAddress, infoJson } from '../test/id-cli-output.ts';
import { profile, startWeb3Bio } from '../test/web3bio-stand-in.ts';
import { createEnsResolver } from './create-ens-resolver.ts';

const one = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const two = '0x15088aBd6e7cF4fa14791B12643606b3615e2Df9';

async function setUp() {
  const [web, chain] = [await startWeb3Bio(), await startChain()];
  const onchain = { rpcUrl: chain.url };
  const web3bio = { baseUrl: web.url, retries: 0 };
  return { web, chain, onchain, web3bio };
}

test('each platform has its own route', async () => {
  const { web, web3bio } = await setUp();
  web.profiles.set('basenames/jesse.base.eth', profile('jesse.base.eth', one, 'basenames'));
  web.profiles.set('linea/name.linea.eth', profile('name.linea.eth', one, 'linea'));
  const { resolveMany } = createEnsResolver({ web3bio, idCli: false });
  const results = await resolveMany(['jesse.base.eth', 'name.linea.eth']);
  expect(results.map((result) => result.ok)).toEqual([true, true]);
  expect(new Set(web.requests.map(({ path }) => path))).toEqual(
    new Set(['/ns/basenames/jesse.base.eth', '/ns/linea/name.linea.eth']),
  );
});

test('the chain alone replaces every other source', async () => {
  const { web, chain, onchain, web3bio } = await setUp();
  const { resolve } = createEnsResolver({ onchain, web3bio, idCli: { command: ['/nowhere/id-cli'] } });
  for (const name of ['vitalik.eth', 'agent-23.xid.eth', 'jesse.base.eth']) {
    chain.names.set(name, { address: one });
    expect(await resolve(name)).toMatchObject({ name, address: one, source: 'onchain', verified: true });
  }
  expect(web.requests).toEqual([]);
});

test('with verify the chain must confirm what the first source says', async () => {
  const { web, chain, onchain, web3bio } = await setUp();
  const idCli = await writeFakeIdCli(`console.log(${JSON.stringify(infoJson('agent-23.xid.eth'))})`);
  const { resolve } = createEnsResolver({ onchain, verify: true, web3bio, idCli });
  web.profiles.set('ens/a.eth', profile('a.eth', one));
  chain.names.set('a.eth', { address: one });
  expect(await resolve('a.eth')).toMatchObject({ address: one, source: 'web3.bio', verified: true });

  chain.names.set('agent-23.xid.eth', { address: idCliAddress });
  expect(await resolve('agent-23.xid.eth')).toMatchObject({ source: 'id-cli', verified: true });

  chain.names.set('a.eth', { address: two });
  await expect(resolve('a.eth', { fresh: true })).rejects.toMatchObject({
    code: 'SOURCE_DISAGREEMENT',
    answers: [
      { source: 'web3.bio', address: one },
      { source: 'onchain', address: two },
    ],
  });
  await expect(resolve('nobody.eth')).rejects.toMatchObject({ code: 'NOT_FOUND', source: 'web3.bio' });
});

test('with verify, neither a dead node nor a dead source is replaced by the other', async () => {
  const { web, chain, onchain, web3bio } = await setUp();
  web.profiles.set('ens/a.eth', profile('a.eth', one));
  chain.names.set('a.eth', { address: one });
  const { resolve } = createEnsResolver({ onchain: { rpcUrl: chain.url }, verify: true, web3bio });
  chain.override = (response) => response.writeHead(500).end();
  await expect(resolve('a.eth')).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', source: 'onchain' });
  chain.override = null;
  web.override = (_, response) => {
    response.writeHead(500).end();
    return true;
  };
  await expect(resolve('a.eth')).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', source: 'web3.bio' });
  expect(onchain.rpcUrl).toBe(chain.url);
});

test('verify needs a chain', () => {
  expect(() => createEnsResolver({ verify: true })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
});
