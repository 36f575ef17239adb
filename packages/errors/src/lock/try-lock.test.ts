import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { tryLock } from './index.ts';

const place = async () => join(await temporaryDirectory(), 'lock');

test('one holds it, and it may be let go of twice', async () => {
  const path = await place();
  const release = tryLock(path);
  expect(tryLock(path)).toBeNull();
  release?.();
  release?.();
  const again = tryLock(path);
  expect(again).not.toBeNull();
  // A look at it by another part of this process must not have let it go.
  expect(tryLock(path)).toBeNull();
  again?.();
});

test('it ends with the process that holds it', async () => {
  const path = await place();
  const program = `const db = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(path)}); db.exec('begin exclusive'); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', program]);
  await once(child.stdout, 'data');
  expect(tryLock(path)).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const release = tryLock(path);
  expect(release).not.toBeNull();
  release?.();
});

test('only its owner may read the file, and one that is something else is left as it is', async () => {
  const path = await place();
  tryLock(path)?.();
  await chmod(path, 0o644);
  tryLock(path)?.();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await writeFile(path, 'a list of somebody, which is no database at all');
  expect(() => tryLock(path)).toThrow(/not a database/);
  expect(await readFile(path, 'utf8')).toContain('somebody');
  expect(() => tryLock(join(path, 'below'))).toThrow(/ENOTDIR/);
});

test('no second file stands beside a lock that is held', async () => {
  const folder = await temporaryDirectory();
  const letGo = tryLock(join(folder, 'lock'))!;
  expect(readdirSync(folder)).toEqual(['lock']);
  letGo();
  expect(readdirSync(folder)).toEqual(['lock']);
});
