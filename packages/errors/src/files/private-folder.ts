import { mkdirSync } from 'node:fs';
import { checkFile } from './check-file.ts';
import { FileError } from './file-error.ts';
import { type FileCheck } from './find-fault.ts';
import { fromSystemError } from './from-system-error.ts';

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
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fromSystemError(path, error);
  }
  const made = checkFile(path, check);
  if (made === null) throw new FileError('PATH_MISSING', { path });
  return made;
}
