import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBoundary } from '@xmtp-messaging/inbound-guard';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { openBoundarySecret } from './open-boundary-secret.ts';

test('is made once, for its owner alone, and gives the same marks ever after', async () => {
  const home = await temporaryDirectory();
  const [one, two] = await Promise.all([openBoundarySecret(home), openBoundarySecret(home)]);
  const again = await openBoundarySecret(home);
  expect([two.gutter, again.gutter, again.idFor('a')]).toEqual([one.gutter, one.gutter, one.idFor('a')]);
  expect(one.idFor('a')).not.toBe(one.idFor('b'));
  const path = join(home, 'boundary.key');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/u);
  expect(() => createBoundary({ ...one })).not.toThrow();
});

test('an empty one, which a crash may leave, is made anew; one that is there is not written again', async () => {
  const home = await temporaryDirectory();
  const path = join(home, 'boundary.key');
  await writeFile(path, '', { mode: 0o600 });
  const { gutter } = await openBoundarySecret(home);
  const { ino, mtimeMs } = await stat(path);
  expect((await openBoundarySecret(home)).gutter).toBe(gutter);
  expect(await stat(path)).toMatchObject({ ino, mtimeMs });
  expect(await readdir(home)).toEqual(['boundary.key']);
});

test('differs between homes', async () => {
  const [one, two] = [
    await openBoundarySecret(await temporaryDirectory()),
    await openBoundarySecret(await temporaryDirectory()),
  ];
  expect(one.idFor('a')).not.toBe(two.idFor('a'));
});

test('a file that others may read, or that is no key, is refused and left as it is', async () => {
  const home = await temporaryDirectory();
  const path = join(home, 'boundary.key');
  await writeFile(path, 'short', { mode: 0o600 });
  await expect(openBoundarySecret(home)).rejects.toMatchObject({ code: 'HOME_INVALID' });
  await writeFile(path, 'ab'.repeat(32));
  await chmod(path, 0o644);
  await expect(openBoundarySecret(home)).rejects.toThrow('mode 0644');
  expect(await readFile(path, 'utf8')).toBe('ab'.repeat(32));
});
