import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { cachedCopy } from './cached-copy.ts';

const bytes = Buffer.alloc(3_000_001, 'native code');
const unsafe = expect.objectContaining({ code: 'CACHE_UNSAFE' });

test('the copy is private, complete, named by its content and made once', async () => {
  const folder = join(await temporaryDirectory(), 'a', 'b');
  const path = cachedCopy(folder, bytes);
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(lstatSync(path).mode & 0o777).toBe(0o600);
  expect(lstatSync(folder).mode & 0o777).toBe(0o700);
  const { ino } = lstatSync(path);
  expect(cachedCopy(folder, bytes)).toBe(path);
  expect(lstatSync(path).ino).toBe(ino);
  expect(cachedCopy(folder, bytes.subarray(1))).not.toBe(path);
  expect(readdirSync(folder)).toHaveLength(2);
});

test('whatever else stands in its place is replaced, not loaded', async () => {
  const folder = join(await temporaryDirectory(), 'cache');
  const path = cachedCopy(folder, bytes);
  const victim = join(dirname(folder), 'victim');
  writeFileSync(victim, bytes, { mode: 0o600 });
  const tampered = Buffer.from(bytes);
  tampered[2_500_000]! ^= 1;
  const intrusions = {
    'one changed bit': () => writeFileSync(path, tampered),
    'a shorter file': () => writeFileSync(path, bytes.subarray(1)),
    'an empty file': () => writeFileSync(path, ''),
    'a file that others can write': () => chmodSync(path, 0o666),
    'a link to a good file': () => execFileSync('ln', ['-sfn', victim, path]),
    'a pipe': () => execFileSync('sh', ['-c', 'rm "$0" && mkfifo -m 600 "$0"', path]),
  };
  for (const [what, intrude] of Object.entries(intrusions)) {
    intrude();
    const found = cachedCopy(folder, bytes);
    const stats = lstatSync(found);
    const intact = readFileSync(found).equals(bytes);
    expect({ what, found, isFile: stats.isFile(), mode: stats.mode & 0o777, intact }).toEqual({
      what,
      found: path,
      isFile: true,
      mode: 0o600,
      intact: true,
    });
  }
  expect(readFileSync(victim).equals(bytes)).toBe(true);
  expect(readdirSync(folder)).toHaveLength(1);
});

test('a folder that is not ours alone is refused, and nothing is written to it', async () => {
  const root = await temporaryDirectory();
  const open = join(root, 'open');
  mkdirSync(open);
  chmodSync(open, 0o755);
  expect(() => cachedCopy(open, bytes)).toThrow(unsafe);
  expect(readdirSync(open)).toEqual([]);

  const link = join(root, 'link');
  mkdirSync(join(root, 'target'), { mode: 0o700 });
  symlinkSync(join(root, 'target'), link);
  expect(() => cachedCopy(link, bytes)).toThrow(unsafe);
  expect(readdirSync(link)).toEqual([]);
});

test('a folder of another user is refused', async () => {
  // Only root can give a folder away; for anyone else the root folder is another user's.
  let foreign = '/';
  if (process.getuid?.() === 0) {
    foreign = await temporaryDirectory();
    chownSync(foreign, 65_534, 65_534);
  }
  expect(() => cachedCopy(foreign, bytes)).toThrow(unsafe);
});

test('a folder that cannot be made, or a copy that cannot be placed, is reported', async () => {
  const root = await temporaryDirectory();
  const unusable = expect.objectContaining({ code: 'CACHE_UNUSABLE' });
  writeFileSync(join(root, 'file'), '');
  expect(() => cachedCopy(join(root, 'file', 'cache'), bytes)).toThrow(unusable);

  const folder = join(root, 'cache');
  const path = cachedCopy(folder, bytes);
  execFileSync('sh', ['-c', 'rm "$0" && mkdir "$0" && touch "$0/x"', path]);
  expect(() => cachedCopy(folder, bytes)).toThrow(unusable);
  expect(readdirSync(folder)).toHaveLength(1);
});
