import { join, resolve } from 'node:path';
import { checkFile, ensurePrivateFolder } from '@xmtp-messaging/errors/files';
import { fromFileError, mailboxError } from '../errors.ts';

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

/** SQLite opens nothing above 512 bytes, and adds to the names of its files. */
const longestRoot = 512 - Buffer.byteLength('/xmtp.db.sqlcipher_salt-journal');

/** Makes the folder, private to this user, or shows why it cannot serve. Nothing is written to one that is not ours. */
export function openHome(home: string): HomePaths {
  const paths = homePaths(home);
  const bytes = Buffer.byteLength(paths.root);
  if (bytes > longestRoot) {
    throw mailboxError('PATH_TOO_LONG', {
      detail: `${paths.root}: ${bytes} bytes, at most ${longestRoot} can be used`,
    });
  }
  try {
    // SQLite and the SDK create files with the process's umask; the folder is what keeps others out.
    ensurePrivateFolder(paths.root);
  } catch (error) {
    throw fromFileError(paths.root, error);
  }
  return paths;
}

/**
 * Checks a file that SQLite or the SDK opens, with its companions. Their mode is the umask's and is mended.
 * @returns its size, 0 when it is not there
 */
export function checkDatabaseFile(path: string): number {
  try {
    for (const companion of ['-wal', '-shm', '-journal']) checkFile(`${path}${companion}`, { others: 'mend' });
    return checkFile(path, { others: 'mend' })?.size ?? 0;
  } catch (error) {
    throw fromFileError(path, error);
  }
}
