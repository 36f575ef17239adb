import { execFileSync } from 'node:child_process';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createManualClock, temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { profile, startWeb3Bio } from '../../test/web3bio-stand-in.ts';
import { createEnsResolver } from '../create-ens-resolver.ts';

const one = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const two = '0x15088aBd6e7cF4fa14791B12643606b3615e2Df9';

async function setUp(text: string | null) {
  const path = join(await temporaryDirectory(), 'hosts.yaml');
  if (text !== null) await writeFile(path, text);
  const clock = createManualClock();
  const resolver = createEnsResolver({ hosts: { path }, idCli: false, web3bio: false, now: () => clock.now() });
  return { path, clock, resolver };
}

test('a changed file is seen within a second', async () => {
  const { path, clock, resolver } = await setUp(`a.eth: ${one}`);
  expect(await resolver.resolve('a.eth')).toMatchObject({ address: one, source: 'hosts', cached: false });
  await writeFile(path, `a.eth: ${two}\nb.eth: ${one}`);
  expect((await resolver.resolve('a.eth')).address).toBe(one);
  clock.advance(1_000);
  expect((await resolver.resolve('a.eth')).address).toBe(two);
  expect((await resolver.resolve('b.eth')).address).toBe(one);
});

test('a name that is added to the file is local from then on, cached or not', async () => {
  const { path, clock } = await setUp('{}');
  const web = await startWeb3Bio();
  web.profiles.set('ens/a.eth', profile('a.eth', one));
  const resolver = createEnsResolver({
    hosts: { path },
    idCli: false,
    web3bio: { baseUrl: web.url },
    now: () => clock.now(),
  });
  expect(await resolver.resolve('a.eth')).toMatchObject({ address: one, source: 'web3.bio' });
  expect(await resolver.resolve('a.eth')).toMatchObject({ cached: true });
  await writeFile(path, `a.eth: ${two}`);
  clock.advance(1_000);
  for (let call = 0; call < 2; call++) {
    expect(await resolver.resolve('a.eth')).toMatchObject({ address: two, source: 'hosts' });
  }
});

test('a file that breaks stops every name, until it is whole again; addresses still pass', async () => {
  const { path, clock, resolver } = await setUp(`a.eth: ${one}`);
  await resolver.resolve('a.eth');
  await writeFile(path, 'a.eth: 0x12');
  clock.advance(1_000);
  for (const name of ['a.eth', 'other.eth', 'alice.xid.eth']) {
    await expect(resolver.resolve(name)).rejects.toMatchObject({ code: 'HOSTS_INVALID', source: 'hosts' });
  }
  expect((await resolver.resolve(two)).address).toBe(two);
  await writeFile(path, `a.eth: ${two}`);
  expect((await resolver.resolve('a.eth')).address).toBe(two);
});

test('a file that is not there, not a file or too large stops every name', async () => {
  const { path, resolver } = await setUp(null);
  await expect(resolver.resolve('a.eth')).rejects.toMatchObject({ code: 'HOSTS_UNREADABLE', retryable: true });
  await writeFile(path, `#${' '.repeat(1_048_576)}`);
  await expect(resolver.resolve('a.eth')).rejects.toMatchObject({ code: 'HOSTS_INVALID' });
  await rm(path);
  const folder = createEnsResolver({ hosts: { path: join(path, '..') }, idCli: false, web3bio: false });
  await expect(folder.resolve('a.eth')).rejects.toMatchObject({ code: 'HOSTS_INVALID' });
  execFileSync('/usr/bin/mkfifo', [path]);
  await expect(resolver.resolve('a.eth')).rejects.toMatchObject({ code: 'HOSTS_INVALID' });
});

test('a file that everybody can write to stops every name', async () => {
  const { path, resolver } = await setUp(`a.eth: ${one}`);
  await chmod(path, 0o666);
  await expect(resolver.resolve('a.eth')).rejects.toMatchObject({ code: 'HOSTS_INVALID' });
  await chmod(path, 0o664);
  expect((await resolver.resolve('a.eth')).address).toBe(one);
});

test('the message names file, line and reason', async () => {
  const { path, resolver } = await setUp(`a.eth: ${one}\nb.eth: 0x12`);
  const error: unknown = await resolver.resolve('a.eth').catch((cause: unknown) => cause);
  expect(String(error).replace(path, 'hosts.yaml')).toMatchInlineSnapshot(`
    "ResolveError: The hosts file hosts.yaml cannot be used, so no name is resolved: "0x12" is not an Ethereum address (line 2).

    Correct the file; it is read again by itself."
  `);
});
