import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from '../sqlite/index.ts';

/** `SQLITE_BUSY` (sqlite.org/rescode.html). */
const busy = 5;

/**
 * Takes the lock that a file stands for. The operating system holds it (SQLite's exclusive transaction on an empty database),
 * so it ends with this process, however that dies, and leaves nothing stale; the file stays, empty and readable to its owner alone.
 * @returns What lets go of it; `null` when another process, or this one, has it.
 * @throws the error of the file system, or of `node:sqlite` for a file that is something else
 */
export function tryLock(path: string): (() => void) | null {
  createFile(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // No second file beside it, and none that stays open.
    database.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    database.close();
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === busy) return null;
    throw error;
  }
  return () => {
    if (database.isOpen) database.close();
  };
}

/**
 * SQLite alone would create it readable to all. Created and closed in one synchronous step, and only if it is new: closing any
 * descriptor of a locked file drops the POSIX locks that this process has on it.
 */
function createFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    chmodSync(path, 0o600);
  }
}
