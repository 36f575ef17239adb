import process from 'node:process';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { decodeText } from '@xmtp-messaging/errors';
import { isOnReadOnlyMount } from './is-on-read-only-mount.ts';

/** The secret, or the end of a sentence that starts with the name of the variable. */
export type SecretFile = { ok: true; secret: string } | { ok: false; problem: string };

/** Who else may read it. */
export interface SecretFileOptions {
  /** Files that others may read are fine, for there are no others. @default false */
  allowShared?: boolean | undefined;
  /** @default 16_384 */
  maxBytes?: number | undefined;
  /** Whether a path lies on a mount that cannot be written. @default by the mounts of this process */
  isReadOnly?: ((path: string) => boolean) | undefined;
}

/**
 * Reads a secret from a file that nobody but its owner may change, nor read unless it was mounted for this process.
 * Mode and content come from the same open file, so that the file cannot be exchanged in between.
 */
export function readSecretFile(path: string, options: SecretFileOptions = {}): SecretFile {
  const { allowShared = false, maxBytes = 16_384, isReadOnly = isOnReadOnlyMount } = options;
  let file: number;
  try {
    // A FIFO without a writer would block for ever.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { ok: false, problem: `names a file that cannot be opened (${code}).` };
  }
  try {
    const facts = fstatSync(file);
    if (!facts.isFile()) return { ok: false, problem: 'names something that is not a regular file.' };
    const mode = (facts.mode & 0o777).toString(8).padStart(4, '0');
    if (facts.uid !== 0 && facts.uid !== (process.getuid?.() ?? facts.uid))
      return { ok: false, problem: 'names a file of another user, expected one of this user or of root.' };
    const isShared = (facts.mode & 0o055) !== 0 && !allowShared && !isReadOnly(path);
    if (isShared || (facts.mode & 0o022) !== 0) {
      return {
        ok: false,
        problem: `names a file that others may read or change (mode ${mode}), expected mode 0600. A mounted secret may be readable where it is a read-only mount, or where XMTP_SHARED_SECRET_FILES=true says that nobody else is there.`,
      };
    }
    if (facts.size > maxBytes)
      return { ok: false, problem: `names a file of ${facts.size} bytes, expected at most ${maxBytes}.` };
    const buffer = Buffer.alloc(maxBytes);
    const decoded = decodeText(buffer.subarray(0, readSync(file, buffer)));
    buffer.fill(0);
    if (!decoded.ok) return { ok: false, problem: `names a file that ${decoded.why}.` };
    const secret = decoded.text.replace(/[\r\n]+$/u, '');
    return secret === '' ? { ok: false, problem: 'names an empty file.' } : { ok: true, secret };
  } finally {
    closeSync(file);
  }
}
