import { readFileSync, statSync } from 'node:fs';
import { tryLock } from '@xmtp-messaging/errors/lock';
import { mailboxError } from '../errors.ts';
import { fromSqliteError } from '../journal/sqlite-error.ts';
import { checkDatabaseFile } from './open-home.ts';

/**
 * Holds the home for this process. The lock ends with the process however that dies; the file itself means nothing and stays.
 * @throws MailboxError LOCKED_BY_OTHER at once when another process, or this one, holds it; FILE_UNSAFE, DISK_FULL and
 * their like
 */
export function lockHome(path: string): () => void {
  checkDatabaseFile(path);
  const release = lock(path);
  if (release === null) throw mailboxError('LOCKED_BY_OTHER', { detail: `${path}${holderOf(path)}` });
  return release;
}

function lock(path: string): (() => void) | null {
  try {
    return tryLock(path);
  } catch (cause) {
    throw fromSqliteError(path, cause, {
      code: 'HOME_UNUSABLE',
      detail: `${path}: not the lock of this program. It holds nothing: remove it.`,
    });
  }
}

/** Who holds it, where the kernel tells (Linux): nothing of ours is written for this. */
function holderOf(path: string): string {
  try {
    const { ino } = statSync(path);
    const lock = readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .map((line) => /\sWRITE\s+(\d+)\s+[0-9a-f]+:[0-9a-f]+:(\d+)\s/.exec(line))
      .find((found) => found !== null && Number(found[2]) === ino && found[1] !== '0');
    if (lock === undefined || lock === null) return '';
    return Number(lock[1]) === process.pid ? ': this process itself' : `: process ${lock[1]}`;
  } catch {
    return '';
  }
}
