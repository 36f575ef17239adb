import { randomBytes } from 'node:crypto';
import { chmod, readFile, stat } from 'node:fs/promises';
import { mailboxError } from '../errors.ts';
import { exists } from './exists.ts';
import type { HomePaths } from './open-home.ts';
import { createFileDurably } from './write-file-durably.ts';

/**
 * The 32 bytes that encrypt the database. Made and on disk before the database exists, never made
 * again while one does.
 */
export async function loadEncryptionKey(paths: HomePaths): Promise<Uint8Array> {
  if (!(await exists(paths.key))) {
    if (await exists(paths.database)) throw mailboxError('KEY_LOST', { detail: paths.key });
    await createFileDurably(paths.key, `${randomBytes(32).toString('hex')}\n`);
  }
  const { mode } = await stat(paths.key);
  if ((mode & 0o077) !== 0) await chmod(paths.key, 0o600);
  const hex = (await readFile(paths.key, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw mailboxError('KEY_INVALID', { detail: paths.key });
  return Buffer.from(hex, 'hex');
}
