import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { checkFile } from '@xmtp-messaging/errors/files';
import { AllowlistError } from './errors.ts';

/** How to wait for a lock. */
export interface FileLockOptions {
  /** The lock's own file; it stays behind, empty. */
  path: string;
  /** In ms. */
  timeoutMs: number;
  signal: AbortSignal;
  /** In [0, 1). @default Math.random */
  random?: (() => number) | undefined;
}

const sqliteBusy = 5;

/**
 * Runs `task` while no other process does the same. The operating system holds the lock (SQLite's exclusive transaction on an
 * empty database), so it ends with its process, however that dies, and leaves nothing stale.
 * @throws AllowlistError ALLOWLIST_LOCKED after `timeoutMs`; the signal's reason; what `task` throws.
 */
export async function withFileLock<T>(options: FileLockOptions, task: () => Promise<T>): Promise<T> {
  const { path, timeoutMs, signal, random = Math.random } = options;
  const database = openDatabase(path);
  try {
    const end = performance.now() + timeoutMs;
    while (!tryExclusive(database)) {
      if (performance.now() > end) throw locked(path, timeoutMs);
      await delay(5 + random() * 20, undefined, { signal });
    }
    return await task();
  } finally {
    database.close();
  }
}

/**
 * SQLite alone would create the file readable to all. Created and closed in one synchronous step, and only if it is new:
 * closing any descriptor of a locked file drops the POSIX locks that this process has on it.
 */
function openDatabase(path: string): DatabaseSync {
  checkFile(path, { others: 'mend' });
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return new DatabaseSync(path, { timeout: 0 });
}

function tryExclusive(database: DatabaseSync): boolean {
  try {
    database.exec('begin exclusive');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === sqliteBusy) return false;
    throw error;
  }
}

function locked(path: string, timeoutMs: number): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_LOCKED',
    shortMessage: `Another process has been editing the list for ${timeoutMs} ms.`,
    metaMessages: [`Find who holds ${path}, or try again.`],
  });
}
