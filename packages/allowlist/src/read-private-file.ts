import { decodeText } from '@xmtp-messaging/errors';
import { FileError, readPrivateFile as readChecked } from '@xmtp-messaging/errors/files';
import { AllowlistError } from './errors.ts';

/** What `readPrivateFile` found; `null` stands for no file. */
export interface PrivateFile {
  text: string;
  /** The mode it had, if it had to be tightened to 0600. */
  tightenedFrom: number | null;
}

/**
 * Reads a file that only its owner may write. Others reading it is mended (0600); others writing it, another owner, a link or
 * anything but a regular file is refused: then somebody else may have chosen the content.
 * @throws AllowlistError ALLOWLIST_UNSAFE, ALLOWLIST_TOO_LARGE, ALLOWLIST_INVALID (not UTF-8), ALLOWLIST_UNREADABLE.
 */
export async function readPrivateFile(path: string, maxBytes: number): Promise<PrivateFile | null> {
  try {
    const file = await readChecked(path, { maxBytes });
    return file && { text: decode(file.bytes), tightenedFrom: file.mendedFrom };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'FILE_TOO_LARGE') throw tooLarge(maxBytes);
    throw error.code === 'FILE_UNSAFE' ? unsafe(error) : unreadable(error);
  }
}

/** Differs between two states of a file that may differ in content or safety. */
export function signatureOf(stats: { ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint }): string {
  return [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ');
}

function decode(bytes: Buffer): string {
  const decoded = decodeText(bytes);
  if (decoded.ok) return decoded.text;
  throw new AllowlistError({
    code: 'ALLOWLIST_INVALID',
    shortMessage: `The list ${decoded.why}.`,
  });
}

function unsafe(cause: FileError): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_UNSAFE',
    shortMessage: `The list may have been written by somebody else: ${cause.detail ?? 'its owner is not known'}.`,
    metaMessages: ['Nobody is heard until this is mended.', ...cause.metaMessages.slice(1)],
    cause,
  });
}

function unreadable(cause: FileError): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_UNREADABLE',
    shortMessage: `The list cannot be read (${cause.detail ?? 'unknown reason'}). ${cause.shortMessage}`,
    metaMessages: ['Nobody is heard until it can be.', ...cause.metaMessages.slice(1)],
    retryable: true,
    cause,
  });
}

/** The refusal of a file, or of an edit that would make one, above the cap. */
export function tooLarge(maxBytes: number): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_TOO_LARGE',
    shortMessage: `The list is larger than ${maxBytes} bytes.`,
  });
}
