import { chmodSync, lstatSync, type Stats, statSync } from 'node:fs';
import { dropDraftOf } from './drafts.ts';
import { FileError } from './errors.ts';
import { type FileCheck, findFault, mendedMode } from './find-fault.ts';
import { errnoOf, fromSystemError } from './from-system-error.ts';

/** What was found, and the mode it had if that had to be changed. */
export interface CheckedFile {
  /** Bytes. */
  size: number;
  /** The mode it had, if it had to be changed. */
  mendedFrom: number | null;
}

/**
 * Checks a file or folder that others will open, such as SQLite. It is not opened here: to close a descriptor of a file
 * that SQLite has locked would drop the lock. So this holds only in a folder that nobody else can write.
 * @returns `null` when nothing is there
 * @throws FileError FILE_UNSAFE, or what the operating system said
 */
export function checkFile(path: string, check: FileCheck = {}): CheckedFile | null {
  try {
    const stats = check.followLinks === true ? statSync(path) : lstatSync(path);
    refuseFault(path, stats, check);
    const mode = mendedMode(stats, check);
    if (mode !== null) chmodSync(path, mode);
    return { size: stats.size, mendedFrom: mode === null ? null : stats.mode & 0o777 };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw fromSystemError(path, error);
  }
}

/** @throws FileError FILE_UNSAFE */
export function refuseFault(path: string, stats: Stats, check: FileCheck): void {
  const found = findFault(stats, check);
  if (found?.fault === 'hard-link' && stats.nlink === 2 && dropDraftOf(path, stats)) return;
  if (found !== null) throw new FileError('FILE_UNSAFE', { path, ...found });
}
