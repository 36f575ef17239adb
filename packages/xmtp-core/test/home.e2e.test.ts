import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { networkAt } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createHome, createPerson, killAt, open, type OpenOptions, startNetwork } from './stage.ts';

/** A home that was used and closed. */
async function usedHome() {
  const { url } = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const mailbox = await open(url, { home, person });
  await mailbox.close();
  const reopen = (options: OpenOptions = {}) => open(url, { home, person, ...options });
  return { url, home, person, reopen, file: (name: string) => join(home, name) };
}

test('database lost: it says so and registers nothing', async () => {
  const { reopen, file } = await usedHome();
  await rm(file('xmtp.db'));
  await expect(reopen()).rejects.toMatchObject({ code: 'DATABASE_LOST' });
});

test('salt lost: it says so instead of failing inside SQLite', async () => {
  const { reopen, file } = await usedHome();
  await rm(file('xmtp.db.sqlcipher_salt'));
  await expect(reopen()).rejects.toMatchObject({ code: 'SALT_LOST' });
});

test('wrong key: it says so and leaves the database as it was', async () => {
  const { reopen, file } = await usedHome();
  const key = await readFile(file('encryption.key'), 'utf8');
  await writeFile(file('encryption.key'), '00'.repeat(32));
  await expect(reopen()).rejects.toMatchObject({ code: 'WRONG_KEY' });
  await writeFile(file('encryption.key'), key);
  expect((await reopen()).status().state).toBe('connected');
});

test('key lost: it is never made again while a database exists', async () => {
  const { reopen, file } = await usedHome();
  await rm(file('encryption.key'));
  await expect(reopen()).rejects.toMatchObject({ code: 'KEY_LOST' });
  await expect(readFile(file('encryption.key'))).rejects.toThrow('ENOENT');
});

test('a key that is not 32 bytes of hex is named as such', async () => {
  const { reopen, file } = await usedHome();
  await writeFile(file('encryption.key'), 'not a key');
  await expect(reopen()).rejects.toMatchObject({ code: 'KEY_INVALID' });
});

test('other network: one home belongs to one', async () => {
  const { url, reopen } = await usedHome();
  await expect(reopen({ network: { env: 'dev', apiUrl: url } })).rejects.toMatchObject({ code: 'OTHER_NETWORK' });
});

test('a network that never heard of the inbox is another network', async () => {
  const { reopen } = await usedHome();
  const { url } = await startNetwork();
  await expect(reopen({ network: networkAt(url) })).rejects.toMatchObject({ code: 'OTHER_NETWORK' });
});

test('other address: a home serves the one it was made for', async () => {
  const { reopen } = await usedHome();
  await expect(reopen({ person: createPerson() })).rejects.toMatchObject({ code: 'OTHER_INBOX' });
});

test('a state file that cannot be understood stops everything', async () => {
  const { reopen, file } = await usedHome();
  await writeFile(file('state.json'), '{"version":1}');
  await expect(reopen()).rejects.toMatchObject({ code: 'STATE_INVALID' });
});

test('a second opening of the same home is refused at once', async () => {
  const { reopen } = await usedHome();
  const first = await reopen();
  const begun = performance.now();
  await expect(reopen()).rejects.toMatchObject({ code: 'LOCKED_BY_OTHER' });
  expect(performance.now() - begun).toBeLessThan(1_000);
  await first.close();
  expect((await reopen()).status().state).toBe('connected');
});

test('another process is refused at once, and its lock after kill -9 does not block', async () => {
  const { url, home, person, reopen } = await usedHome();
  const child = await killAt('opened', { url, home, person });
  await expect(reopen()).rejects.toMatchObject({ code: 'LOCKED_BY_OTHER' });
  await child.kill();
  expect((await reopen()).status().state).toBe('connected');
});

test('a network that does not answer is no reason to give up for good', async () => {
  const { url } = await startNetwork();
  const home = await createHome();
  const person = createPerson();
  const nowhere = networkAt('http://127.0.0.1:9');
  await expect(open(url, { home, person, network: nowhere })).rejects.toMatchObject({
    code: 'NETWORK_UNREACHABLE',
    retryable: true,
  });
  expect((await open(url, { home, person })).status().state).toBe('connected');
});
