import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { mailboxError } from '../errors.ts';

/** The files of a home folder. */
export interface HomePaths {
  root: string;
  database: string;
  salt: string;
  key: string;
  state: string;
  journal: string;
  lock: string;
}

export function homePaths(home: string): HomePaths {
  const root = resolve(home);
  const database = join(root, 'xmtp.db');
  return {
    root,
    database,
    salt: `${database}.sqlcipher_salt`,
    key: join(root, 'encryption.key'),
    state: join(root, 'state.json'),
    journal: join(root, 'journal.db'),
    lock: join(root, 'lock'),
  };
}

/** Makes the folder, private to this user, or shows why it cannot serve. */
export async function openHome(home: string): Promise<HomePaths> {
  const paths = homePaths(home);
  try {
    await mkdir(paths.root, { recursive: true, mode: 0o700 });
    const info = await lstat(paths.root);
    if (!info.isDirectory()) throw new Error(`${paths.root} is not a folder`);
    // SQLite and the SDK create files with the process's umask; the folder is what keeps others out.
    if ((info.mode & 0o777) !== 0o700) await chmod(paths.root, 0o700);
  } catch (cause) {
    throw mailboxError('HOME_UNUSABLE', { detail: paths.root, cause });
  }
  return paths;
}
