import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { namehash } from 'viem/ens';
import { expect, test } from 'vitest';
import { writeFakeIdCli } from '../test/fake-id-cli.ts';
import { profile, startWeb3Bio } from '../test/web3bio-stand-in.ts';
import { createEnsResolver } from './index.ts';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';

test('the examples of the documentation take the route of its table', async () => {
  const web = await startWeb3Bio();
  web.profiles.set('ens/vitalik.eth', profile('vitalik.eth', address.toLowerCase()));
  const name = 'alice.agent-23.xid.eth';
  const idCli = await writeFakeIdCli(
    `console.log(JSON.stringify({ status: 'ok', data: { domain: name, registered: true, node: '${namehash(name)}', ethAddress: '${address}' }, metadata: {} }))`,
  );
  const resolver = createEnsResolver({
    idCli: { command: idCli.command },
    web3bio: { baseUrl: web.url },
    now: () => 5,
  });

  expect(await resolver.resolve('vitalik.eth')).toEqual({
    input: 'vitalik.eth',
    name: 'vitalik.eth',
    address,
    identifier: address.toLowerCase(),
    source: 'web3.bio',
    verified: false,
    normalized: false,
    resolvedAt: 5,
    cached: false,
    stale: false,
  });
  expect(await resolver.resolve(name)).toMatchObject({ source: 'id-cli', address, node: namehash(name) });
  expect(await resolver.resolve(address.toLowerCase())).toMatchObject({ source: 'raw', address, name: null });
  expect(web.requests.map((request) => request.path)).toEqual(['/ns/ens/vitalik.eth']);
  expect((await idCli.runs()).map((run) => run.argv)).toEqual([['info', name]]);
});

test('local names come from the hosts file and say so', async () => {
  const path = join(await temporaryDirectory(), 'hosts.yaml');
  await writeFile(path, `# local\nbob.agent-23.xid.eth: ${address}\nBob: ${address}\n`);
  const resolver = createEnsResolver({ hosts: { path }, idCli: false, web3bio: false });
  expect(await resolver.resolve('bob.agent-23.xid.eth')).toMatchObject({ source: 'hosts', address, verified: false });
  expect(await resolver.resolve('BOB')).toMatchObject({ source: 'hosts', address, name: 'bob' });
  await expect(resolver.resolve('alice.agent-23.xid.eth')).rejects.toMatchObject({ code: 'RESOLVER_UNAVAILABLE' });
});
