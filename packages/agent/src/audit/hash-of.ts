import { createHash } from 'node:crypto';

/** `previous` of the first line. */
export const noLine = '0'.repeat(64);

/** SHA-256 of the line's JSON without its hash, in hex. */
export function hashOf(line: Readonly<Record<string, unknown>>): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...line, hash: undefined }))
    .digest('hex');
}
