import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurablySync } from '@xmtp-messaging/errors/files';
import { ensurePrivateFolder, unusable } from './ensure-private-folder.ts';

const chunkSize = 1 << 20;

/**
 * Path of a file in `folder` that holds exactly `bytes`. A file found there is compared byte by byte before it is used,
 * and anything else in its place is replaced, never loaded.
 * @throws GlibcCompatError `CACHE_UNSAFE`, `CACHE_UNUSABLE`
 */
export function cachedCopy(folder: string, bytes: Uint8Array): string {
  ensurePrivateFolder(folder);
  const path = join(folder, `bindings_node-${createHash('sha256').update(bytes).digest('hex')}.node`);
  if (!holds(path, bytes)) replace(folder, path, bytes);
  return path;
}

function holds(path: string, bytes: Uint8Array): boolean {
  let fd;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return false;
  }
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.uid !== process.getuid?.() || (stats.mode & 0o777) !== 0o600) return false;
    if (stats.size !== bytes.length) return false;
    const chunk = Buffer.allocUnsafe(chunkSize);
    for (let at = 0; at < bytes.length;) {
      const length = readSync(fd, chunk, 0, chunkSize, at);
      if (length === 0 || chunk.compare(bytes, at, at + length, 0, length) !== 0) return false;
      at += length;
    }
    return true;
  } catch {
    return false;
  } finally {
    closeSync(fd);
  }
}

function replace(folder: string, path: string, bytes: Uint8Array): void {
  try {
    writeDurablySync(path, bytes);
  } catch (cause) {
    throw unusable(folder, cause);
  }
}
