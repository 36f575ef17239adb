import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const maxBytes = 16_384;

/** The secret, or the end of a sentence that starts with the name of the variable. */
export type SecretFile = { ok: true; secret: string } | { ok: false; problem: string };

/**
 * Reads a secret from a file that nobody but its owner may read or change. Mode and content come from the same
 * open file, so that the file cannot be exchanged in between.
 */
export function readSecretFile(path: string): SecretFile {
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
    if ((facts.mode & 0o077) !== 0) {
      return { ok: false, problem: `names a file that others may read or change (mode ${mode}), expected mode 0600.` };
    }
    if (facts.size > maxBytes)
      return { ok: false, problem: `names a file of ${facts.size} bytes, expected at most ${maxBytes}.` };
    const buffer = Buffer.alloc(maxBytes);
    const secret = buffer.toString('utf8', 0, readSync(file, buffer)).replace(/[\r\n]+$/u, '');
    buffer.fill(0);
    return secret === '' ? { ok: false, problem: 'names an empty file.' } : { ok: true, secret };
  } finally {
    closeSync(file);
  }
}
