import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { mailboxError } from '../errors.ts';

const sqliteBusy = 5;

/**
 * Holds the home for this process. The lock is the operating system's, taken through SQLite, so it
 * ends with the process however that dies; the file itself means nothing and stays.
 * @throws MailboxError LOCKED_BY_OTHER at once when another process, or this one, holds it.
 */
export function lockHome(path: string): () => void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    chmodSync(path, 0o600);
    database.exec('begin exclusive');
  } catch (cause) {
    database?.close();
    const busy = cause instanceof Error && 'errcode' in cause && cause.errcode === sqliteBusy;
    throw mailboxError(busy ? 'LOCKED_BY_OTHER' : 'HOME_UNUSABLE', { detail: path, cause });
  }
  const held = database;
  return () => {
    if (held.isOpen) held.close();
  };
}
