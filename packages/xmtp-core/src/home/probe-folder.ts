import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromFileError, type MailboxError } from '../errors.ts';

/**
 * Why nothing can be written beside `path`: asked of the operating system by writing a file, once, when SQLite or the
 * SDK failed and did not say why. `null` when it can be written.
 */
export function probeFolder(path: string): MailboxError | null {
  const folder = dirname(path);
  const probe = join(folder, `.${randomBytes(8).toString('hex')}.probe`);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(probe, 'wx', 0o600);
    writeSync(descriptor, Buffer.alloc(65_536));
    fsyncSync(descriptor);
    return null;
  } catch (error) {
    return fromFileError(folder, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
    rmSync(probe, { force: true });
  }
}
