import { namehash, zeroAddress } from 'viem';
import { expect, test } from 'vitest';
import { startChain } from '../../test/chain-stand-in.ts';
import { writeFakeIdCli } from '../../test/fake-id-cli.ts';
import { idCliAddress, infoJson } from '../../test/id-cli-output.ts';
import { createEnsResolver } from '../create-ens-resolver.ts';
import { readXidOptions } from './xid-options.ts';
import { xidRegistries } from './xid-registries.ts';

const alice = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const bob = '0x15088aBd6e7cF4fa14791B12643606b3615e2Df9';
const nowhere = { command: ['/nowhere/id-cli'] as [string] };

async function setUp(chainId = 8453) {
  const chain = await startChain();
  chain.chainId = chainId;
  const put = (registry: string, name: string, record: { owner: `0x${string}`; addr: `0x${string}` | null }) => {
    const key = registry.toLowerCase();
    const names = chain.registries.get(key) ?? new Map();
    chain.registries.set(key, names.set(namehash(name), record));
  };
  for (const { registry } of Object.values(xidRegistries)) chain.registries.set(registry.toLowerCase(), new Map());
  const xid = { rpcUrl: `${chain.url}/v2/secret-key` };
  return { chain, put, xid };
}

test('a name with and a name without the label of Base stand in two registries', async () => {
  const { put, xid } = await setUp();
  put(xidRegistries.unlabelled.registry, 'a.agent-23.xid.eth', { owner: bob, addr: alice });
  put(xidRegistries.base.registry, 'a.agent-23.base.xid.eth', { owner: bob, addr: bob });
  const { resolve } = createEnsResolver({ idCli: nowhere, xid });
  expect(await resolve('A.agent-23.xid.eth')).toMatchObject({
    address: alice,
    source: 'xid',
    verified: false,
    node: namehash('a.agent-23.xid.eth'),
  });
  expect(await resolve('a.agent-23.base.xid.eth')).toMatchObject({ address: bob, source: 'xid' });
});

test('where id-cli is, it is asked, and its failure leads nowhere else', async () => {
  const { put, xid } = await setUp();
  put(xidRegistries.unlabelled.registry, 'agent-23.xid.eth', { owner: bob, addr: alice });
  const idCli = await writeFakeIdCli(`console.log(${JSON.stringify(infoJson('agent-23.xid.eth'))})`);
  expect(await createEnsResolver({ idCli, xid }).resolve('agent-23.xid.eth')).toMatchObject({
    address: idCliAddress,
    source: 'id-cli',
  });
  const broken = await writeFakeIdCli('process.exit(1)');
  await expect(createEnsResolver({ idCli: broken, xid }).resolve('agent-23.xid.eth')).rejects.toMatchObject({
    code: 'UPSTREAM_ERROR',
    source: 'id-cli',
  });
});

test('without xid, a missing id-cli is an error that names both ways', async () => {
  const error: unknown = await createEnsResolver({ idCli: nowhere })
    .resolve('agent-23.xid.eth')
    .catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'RESOLVER_UNAVAILABLE', source: 'id-cli' });
  expect((error as Error).message).toMatch(/id-cli[^]*XID_RPC_URL/);
});

test.each([
  ['nobody owns', { owner: zeroAddress, addr: zeroAddress }, 'NOT_FOUND', false],
  ['without an address', { owner: bob, addr: zeroAddress }, 'NO_ADDRESS', true],
  ['whose address cannot be read', { owner: bob, addr: null }, 'UPSTREAM_ERROR', true],
] as const)('a name %s', async (_, record, code, retryable) => {
  const { put, xid } = await setUp();
  put(xidRegistries.unlabelled.registry, 'agent-1.xid.eth', record);
  const { resolve } = createEnsResolver({ idCli: false, xid });
  await expect(resolve('agent-1.xid.eth')).rejects.toMatchObject({ code, retryable, source: 'xid' });
});

test('a contract that is no registry is a failure, and not "not registered"', async () => {
  const { chain, xid } = await setUp();
  chain.registries.clear();
  chain.override = (response) => response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result: '0x' }));
  const { resolve } = createEnsResolver({ idCli: false, xid });
  await expect(resolve('agent-1.xid.eth')).rejects.toMatchObject({ source: 'xid', code: 'UPSTREAM_ERROR' });
});

test('a node of another chain is not believed, and its URL is shown nowhere', async () => {
  const { put, xid } = await setUp(1);
  put(xidRegistries.unlabelled.registry, 'agent-1.xid.eth', { owner: bob, addr: alice });
  const { resolve } = createEnsResolver({ idCli: false, xid });
  const error: unknown = await resolve('agent-1.xid.eth').catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'BAD_RESPONSE', source: 'xid' });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-key');
});

test('a name of another chain needs a node of that chain', async () => {
  const { xid } = await setUp();
  const optimism = await setUp(10);
  optimism.put(xidRegistries.op.registry, 'agent-1.op.xid.eth', { owner: bob, addr: bob });
  const { resolve } = createEnsResolver({ idCli: false, xid: { ...xid, rpcUrls: { op: optimism.chain.url } } });
  expect(await resolve('agent-1.op.xid.eth')).toMatchObject({ address: bob, source: 'xid' });
  for (const name of ['agent-1.arb.xid.eth', 'agent-1.sep.xid.eth'])
    await expect(resolve(name)).rejects.toMatchObject({ code: 'UNSUPPORTED_BY_RESOLVER', source: 'xid' });
});

test('the chain may have to confirm it', async () => {
  const { put, xid } = await setUp();
  const mainnet = await startChain();
  put(xidRegistries.unlabelled.registry, 'agent-1.xid.eth', { owner: bob, addr: alice });
  const { resolve } = createEnsResolver({ idCli: false, xid, onchain: { rpcUrl: mainnet.url }, verify: true });
  mainnet.names.set('agent-1.xid.eth', { address: bob });
  await expect(resolve('agent-1.xid.eth')).rejects.toMatchObject({ code: 'SOURCE_DISAGREEMENT' });
  mainnet.names.set('agent-1.xid.eth', { address: alice });
  expect(await resolve('agent-1.xid.eth')).toMatchObject({ address: alice, source: 'xid', verified: true });
});

test.each([
  [{ rpcUrl: 'http://node.example/secret-key' }],
  [{ rpcUrl: 'secret-key' }],
  [{ rpcUrl: 'https://node.example', registry: '0x12' as const }],
  [{ rpcUrl: 'https://node.example', rpcUrls: { op: 'secret-key' } }],
  [{ rpcUrl: 'https://node.example', rpcUrls: { base: 'https://node.example' } as never }],
  [{ rpcUrl: 'https://node.example', timeoutMs: 0 }],
])('%o is refused without showing a URL', (options) => {
  expect(() => readXidOptions(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  expect(() => readXidOptions(options)).not.toThrow(/secret-key/);
});
