import { closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs';
import { promisify } from 'node:util';
import { refuseFault } from './check-file.ts';
import { FileError } from './errors.ts';
import { type FileCheck, mendedMode } from './find-fault.ts';
import { errnoOf, fromSystemError } from './from-system-error.ts';

/** How a file is checked and how much of it is read. */
export interface ReadCheck extends Omit<FileCheck, 'kind'> {
  /** A file above it is refused, unread. @default 65536 */
  maxBytes?: number | undefined;
}

/** Content and checks come from the same open file. */
export interface ReadFile {
  /** All of it. */
  bytes: Buffer;
  /** The mode it had, if it had to be changed. */
  mendedFrom: number | null;
}

const readDescriptor = promisify(readFile);

/**
 * Reads a small file after it was checked (owner, kind, mode, links); nothing but a regular file is ever opened, and
 * a FIFO is never waited for.
 * @returns `null` when nothing is there
 * @throws FileError FILE_UNSAFE, FILE_TOO_LARGE, or what the operating system said
 */
export function readPrivateFileSync(path: string, check: ReadCheck = {}): ReadFile | null {
  const file = openChecked(path, check);
  if (file === null) return null;
  try {
    return { bytes: bounded(path, check, readFileSync(file.descriptor)), mendedFrom: file.mendedFrom };
  } catch (error) {
    throw fromSystemError(path, error);
  } finally {
    closeSync(file.descriptor);
  }
}

/** `readPrivateFileSync` for files whose reading may take a while. */
export async function readPrivateFile(path: string, check: ReadCheck = {}): Promise<ReadFile | null> {
  const file = openChecked(path, check);
  if (file === null) return null;
  try {
    return { bytes: bounded(path, check, await readDescriptor(file.descriptor)), mendedFrom: file.mendedFrom };
  } catch (error) {
    throw fromSystemError(path, error);
  } finally {
    closeSync(file.descriptor);
  }
}

// Windows knows neither flag.
const noWait = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const noLinks = noWait | (constants.O_NOFOLLOW ?? 0);

function openChecked(path: string, check: ReadCheck): { descriptor: number; mendedFrom: number | null } | null {
  let descriptor: number | undefined;
  try {
    // To open a device may do something; so look first, and again at what was opened.
    if (check.followLinks !== true) refuseFault(path, lstatSync(path), check);
    descriptor = openSync(path, check.followLinks === true ? noWait : noLinks);
    const stats = fstatSync(descriptor);
    refuseFault(path, stats, check);
    bounded(path, check, { length: stats.size });
    const mode = mendedMode(stats, check);
    if (mode !== null) fchmodSync(descriptor, mode);
    return { descriptor, mendedFrom: mode === null ? null : stats.mode & 0o777 };
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor);
    if (errnoOf(error) === 'ENOENT') return null;
    throw fromSystemError(path, error);
  }
}

function bounded<T extends { length: number }>(path: string, { maxBytes = 65_536 }: ReadCheck, content: T): T {
  if (content.length <= maxBytes) return content;
  const detail = `${content.length} bytes, at most ${maxBytes} are read`;
  throw new FileError('FILE_TOO_LARGE', { path, detail });
}
