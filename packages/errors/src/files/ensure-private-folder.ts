import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkFile } from './check-file.ts';
import { FileError } from './errors.ts';
import { type FileCheck } from './find-fault.ts';
import { errnoOf, fromSystemError } from './from-system-error.ts';

/**
 * Makes a folder and those above it, for this user alone (0700), and checks the one that is there: its owner, that it is
 * a folder and not a link to one, and what others may do in it. Nothing is written before that.
 * @returns the mode it had, if that had to be changed
 * @throws FileError FILE_UNSAFE, or what the operating system said
 */
export function ensurePrivateFolder(
  path: string,
  { others = 'mend' }: Pick<FileCheck, 'others'> = {},
): { mendedFrom: number | null } {
  const check = { kind: 'folder', others } as const;
  const there = checkFile(path, check);
  if (there !== null) return there;
  makeFolder(path);
  const made = checkFile(path, check);
  if (made === null) throw new FileError('PATH_MISSING', { path });
  return made;
}

/**
 * Makes a folder and those above it (0700) where there is nothing. Step by step: the recursive mkdir of Node says "no such
 * file" on a file system that is read-only.
 * @throws FileError what the operating system said
 */
export function makeFolder(path: string): void {
  if (tryMake(path)) return;
  makeFolder(dirname(path));
  // What is above it is there now: a link into nothing, or a file system that makes no folders, says the same again.
  if (!tryMake(path)) throw new FileError('PATH_MISSING', { path });
}

/** `false` when what is above it is missing. */
function tryMake(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'EEXIST') return true;
    if (errno === 'ENOENT' && dirname(path) !== path) return false;
    throw fromSystemError(path, error);
  }
}
