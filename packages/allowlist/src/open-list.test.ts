import { chmod, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openAllowlist } from './open-allowlist.ts';
import type { AllowlistOptions } from './types.ts';
import { withFileLock } from './with-file-lock.ts';

const a = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const b = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';

async function open(text: string | null, options: Partial<AllowlistOptions> = {}) {
  const path = options.path ?? join(await temporaryDirectory(), 'allowlist.yaml');
  if (text !== null) await writeFile(path, text, { mode: 0o600 });
  const list = await openAllowlist({ watch: false, ...options, path });
  onTestFinished(() => list.close());
  return { list, path };
}

test('a folder that was never there is an empty list, and the first edit makes it', async () => {
  const path = join(await temporaryDirectory(), 'of', 'an agent', 'allowlist.yaml');
  const { list } = await open(null, { path });
  expect(list.status()).toMatchObject({ state: 'ready', count: 0, error: null });
  await list.add({ address: a });
  expect(await readFile(path, 'utf8')).toBe(`- address: "${a}"\n`);
});

test('a list whose folder was moved away is in doubt, and an edit makes none in its place', async () => {
  const root = await temporaryDirectory();
  const home = join(root, 'home');
  await mkdir(home, { mode: 0o700 });
  const { list } = await open(`- address: "${a}"\n`, { path: join(home, 'allowlist.yaml') });
  await rename(home, `${home}-2`);
  await list.reload();
  expect(list.status()).toMatchObject({ state: 'unreadable', count: 0, error: { code: 'ALLOWLIST_UNREADABLE' } });
  await expect(list.add({ address: b })).rejects.toMatchObject({ code: 'ALLOWLIST_WRITE_FAILED' });
  expect(await readdir(root)).toEqual(['home-2']);
  await rename(`${home}-2`, home);
  await list.reload();
  expect(list.has(a)).toBe(true);
});

test('an edit may fill the file to its limit, and no further', async () => {
  const text = `- address: "${a}"\n- address: "${b}"\n`;
  const first = `- address: "${a}"\n`;
  const { list, path } = await open(first, { maxBytes: text.length });
  await list.add({ address: b });
  expect(await readFile(path, 'utf8')).toBe(text);
  const { list: smaller } = await open(first, { maxBytes: text.length - 1 });
  await expect(smaller.add({ address: b })).rejects.toMatchObject({ code: 'ALLOWLIST_TOO_LARGE' });
});

test('the name that stands there is no change, and one in other letters is', async () => {
  const text = `- address: "${a}"   # odd\n  name: 'the boss'\n`;
  const { list, path } = await open(text);
  expect(await list.rename(a, 'the boss')).toEqual({ address: a, name: 'the boss' });
  expect(await readFile(path, 'utf8')).toBe(text);
  expect(await list.rename(a, 'The Boss')).toEqual({ address: a, name: 'The Boss' });
  expect(await readFile(path, 'utf8')).toBe(text.replace(`'the boss'`, '"The Boss"'));
});

test('an edit that is called off while it waits for the lock says why, and changes nothing', async () => {
  const { list, path } = await open('');
  const lock = `${path}.lock`;
  const ends = new AbortController();
  await withFileLock({ path: lock, timeoutMs: 0, signal: ends.signal }, async () => {
    const edit = list.add({ address: a }, { signal: ends.signal });
    await nextTurn();
    ends.abort(new Error('no longer wanted'));
    await expect(edit).rejects.toThrow('no longer wanted');
  });
  expect(await readFile(path, 'utf8')).toBe('');
  await chmod(lock, 0o666);
  await list.add({ address: a });
  expect((await stat(lock)).mode & 0o777).toBe(0o600);
});
