import { gunzipSync, inflateSync } from 'node:zlib';
import { maxContentBytes } from '../constants.ts';
import type { StoredContent } from '../sdk/conversation.ts';

/**
 * The bytes of content, decompressed.
 * @throws RangeError ERR_BUFFER_TOO_LARGE when they are more than may be sent; Error when they cannot be decompressed
 */
export function decompress(
  { content, compression }: Pick<StoredContent, 'content' | 'compression'>,
  maxBytes: number = maxContentBytes,
): Uint8Array {
  const limit = { maxOutputLength: maxBytes, chunkSize: 65_536 };
  if (compression === undefined) return content;
  if (compression === 0) return inflateSync(content, limit);
  if (compression === 1) return gunzipSync(content, limit);
  throw new RangeError('unknown compression');
}

/** The same, `null` where that throws. */
export function inflate(content: Pick<StoredContent, 'content' | 'compression'>): Uint8Array | null {
  try {
    return decompress(content);
  } catch {
    return null;
  }
}
