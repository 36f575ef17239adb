import { execFileSync } from 'node:child_process';
import { chmod, chown, link, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
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

test.each([
  ['everybody can write', (path: string) => chmod(path, 0o666), /mode 0666/],
  ['a group can write', (path: string) => chmod(path, 0o664), /mode 0664/],
  [
    'is a link',
    (path: string) => rename(path, `${path}.real`).then(() => symlink(`${path}.real`, path)),
    /symbolic link/,
  ],
  ['has a second name', (path: string) => link(path, `${path}.other`), /2 names lead to it/],
  ['is UTF-16', (path: string) => writeFile(path, `\ufeffa.eth: ${one}`, 'utf16le'), /is UTF-16; save it as UTF-8/],
  ['is indented with a tab', (path: string) => writeFile(path, `a.eth:\n\t${one}`), /a tab indents it.*line 2/],
])('a file that %s stops every name, and says so', async (_what, spoil, reason) => {
  const { path, clock, resolver } = await setUp(`a.eth: ${one}`);
  await resolver.resolve('a.eth');
  await spoil(path);
  clock.advance(1_000);
  const error: unknown = await resolver.resolve('a.eth').catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'HOSTS_INVALID', message: expect.stringMatching(reason) });
});

test.runIf(process.getuid?.() === 0)('a file of another user stops every name', async () => {
  const { path, resolver } = await setUp(`a.eth: ${one}`);
  await chown(path, 65_534, 65_534);
  await expect(resolver.resolve('a.eth')).rejects.toMatchObject({
    code: 'HOSTS_INVALID',
    message: expect.stringContaining('belongs to user 65534'),
  });
});

test('others may read the file, and it stays as it is', async () => {
  const { path, resolver } = await setUp(`\ufeffa.eth: ${one}\r\n`);
  await chmod(path, 0o644);
  expect((await resolver.resolve('A.eth')).address).toBe(one);
  expect((await stat(path)).mode & 0o777).toBe(0o644);
});

test('the message names file, line and reason', async () => {
  const { path, resolver } = await setUp(`a.eth: ${one}\nb.eth: 0x12`);
  const error: unknown = await resolver.resolve('a.eth').catch((cause: unknown) => cause);
  expect(String(error).replace(path, 'hosts.yaml')).toMatchInlineSnapshot(`
    "ResolveError: The hosts file hosts.yaml cannot be used, so no name is resolved: "0x12" is not an Ethereum address (line 2).

    Correct the file; it is read again by itself."
  `);
});
