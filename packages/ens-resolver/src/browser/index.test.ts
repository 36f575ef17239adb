import { expect, test } from 'vitest';
import { startWeb3Bio, profile } from '../../test/web3bio-stand-in.ts';
import { startChain } from '../../test/chain-stand-in.ts';
import * as surface from './index.ts';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toEqual([
    'ResolveError',
    'classifyName',
    'createEnsResolver',
    'parseAddress',
    'resolveErrorTexts',
  ]);
});

test('web3.bio and the chain answer; names of xid.eth need a node', async () => {
  const [web, chain] = [await startWeb3Bio(), await startChain()];
  web.profiles.set('ens/vitalik.eth', profile('vitalik.eth', address));
  const web3bio = { baseUrl: web.url };
  const { resolve } = surface.createEnsResolver({ web3bio });
  expect(await resolve('vitalik.eth')).toMatchObject({ address, source: 'web3.bio' });
  await expect(resolve('agent-1.xid.eth')).rejects.toMatchObject({ code: 'RESOLVER_UNAVAILABLE' });
  chain.names.set('vitalik.eth', { address });
  const onchain = { rpcUrl: chain.url };
  expect(await surface.createEnsResolver({ onchain }).resolve('vitalik.eth')).toMatchObject({ source: 'onchain' });
});

test.each(['http://gateway.example/', 'https://127.0.0.1/', 'https://[::1]/', 'https://box.local/', 'nonsense'])(
  'a contract cannot make a page connect to %s',
  async (gateway) => {
    const chain = await startChain();
    chain.names.set('evil.eth', { gateways: [gateway] });
    const { resolve } = surface.createEnsResolver({ onchain: { rpcUrl: chain.url } });
    await expect(resolve('evil.eth')).rejects.toMatchObject({ code: 'GATEWAY_REFUSED' });
  },
);

test('a gateway is asked by fetch where every gateway is allowed', async () => {
  const [chain, web] = [await startChain(), await startWeb3Bio()];
  web.override = (_, response) => {
    response.end(JSON.stringify({ data: `0x${address.slice(2).padStart(64, '0')}` }));
    return true;
  };
  chain.names.set('off.eth', { gateways: [`${web.url}/{sender}/{data}`] });
  chain.names.set('post.eth', { gateways: [web.url] });
  const { resolve } = surface.createEnsResolver({ onchain: { rpcUrl: chain.url, gateways: 'any' } });
  expect(await resolve('off.eth')).toMatchObject({ address, source: 'onchain' });
  expect(await resolve('post.eth')).toMatchObject({ address, source: 'onchain' });
});
