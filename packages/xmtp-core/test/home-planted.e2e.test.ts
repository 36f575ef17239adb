import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHome } from './stage.ts';
import { prepareUsedHome } from './used-home.ts';

const { copy, openAt } = prepareUsedHome();

/** Every file of a home that is there before or while a mailbox is open. */
const files = [
  'encryption.key',
  'state.json',
  'journal.db',
  'journal.db-wal',
  'xmtp.db',
  'xmtp.db-shm',
  'xmtp.db.sqlcipher_salt',
  'lock',
];

const plants: Record<string, (path: string) => void> = {
  'of another user': (path) => {
    appendFileSync(path, '');
    // Only root can give a file away: these tests are run as root.
    chownSync(path, 12_345, 12_345);
  },
  'a symbolic link': (path) => {
    const target = `${path}.target`;
    if (existsSync(path)) renameSync(path, target);
    else writeFileSync(target, '');
    chmodSync(target, 0o644);
    symlinkSync(target, path);
  },
  'a hard link': (path) => {
    appendFileSync(path, '');
    linkSync(path, `${path}.other-name`);
  },
  'a FIFO': (path) => {
    rmSync(path, { force: true });
    execFileSync('sh', ['-c', 'mkfifo "$0"', path]);
  },
  'a folder': (path) => {
    rmSync(path, { force: true });
    mkdirSync(path);
  },
  'a device': (path) => {
    rmSync(path, { force: true });
    symlinkSync('/dev/zero', path);
  },
};

test.each(Object.keys(plants).flatMap((what) => files.map((name) => [what, name] as const)))(
  '%s as %s is refused at once, and what it leads to is left alone',
  async (what, name) => {
    const { reopen, file } = await copy();
    plants[what]!(file(name));
    const zeroMode = statSync('/dev/zero').mode;
    await expect(reopen()).rejects.toMatchObject({ code: 'FILE_UNSAFE', retryable: true });
    expect(statSync('/dev/zero').mode).toBe(zeroMode);
    const target = `${file(name)}.target`;
    expect(existsSync(target) ? statSync(target).mode & 0o777 : 0o644).toBe(0o644);
  },
);

test('a home that is a link, or of another user, is refused before anything is written', async () => {
  const folder = await createHome();
  const [real, link, foreign] = ['real', 'link', 'foreign'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(real);
  symlinkSync(real, link);
  mkdirSync(foreign);
  chownSync(foreign, 12_345, 12_345);
  for (const home of [link, foreign]) {
    await expect(openAt(home)).rejects.toMatchObject({ code: 'FILE_UNSAFE' });
    expect(readdirSync(home)).toEqual([]);
  }
});
