import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { AllowlistError } from './errors.ts';

/** What `readPrivateFile` found; `null` stands for no file. */
export interface PrivateFile {
  text: string;
  /** The mode it had, if it had to be tightened to 0600. */
  tightenedFrom: number | null;
}

// Neither a symbolic link is followed nor a FIFO waited for. Windows knows neither flag.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a file that only its owner may write. Others reading it is mended (0600); others writing it, another owner, a symbolic link or
 * anything but a regular file is refused: then somebody else may have chosen the content.
 * @throws AllowlistError ALLOWLIST_UNSAFE, ALLOWLIST_TOO_LARGE, ALLOWLIST_INVALID (not UTF-8), ALLOWLIST_UNREADABLE.
 */
export async function readPrivateFile(path: string, maxBytes: number): Promise<PrivateFile | null> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, flags);
    const before = await file.stat({ bigint: true });
    if (!before.isFile()) throw unsafe('It is not a regular file.', 'Put the list into a regular file.');
    const owner = process.getuid?.();
    if (owner !== undefined && Number(before.uid) !== owner && before.uid !== 0n) {
      throw unsafe(
        `It belongs to user ${before.uid}, this process is user ${owner}.`,
        'Check its entries, then chown it.',
      );
    }
    const mode = Number(before.mode) & 0o777;
    const posix = owner !== undefined;
    if (posix && mode & 0o022) {
      throw unsafe(`Its mode ${mode.toString(8)} lets others write it.`, 'Check its entries, then chmod 600 it.');
    }
    if (before.size > BigInt(maxBytes)) throw tooLarge(maxBytes);
    const bytes = await file.readFile();
    if (bytes.length > maxBytes) throw tooLarge(maxBytes);
    const loose = posix && mode !== 0o600 && Number(before.uid) === owner;
    if (loose) await file.chmod(0o600);
    return { text: decode(bytes), tightenedFrom: loose ? mode : null };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return null;
    if (code === 'ELOOP') throw unsafe('It is a symbolic link.', 'Put the list itself there.');
    if (cause instanceof AllowlistError) throw cause;
    throw new AllowlistError({
      code: 'ALLOWLIST_UNREADABLE',
      shortMessage: `The list cannot be read (${code ?? 'unknown reason'}).`,
      metaMessages: ['Nobody is heard until it can be.'],
      retryable: true,
      cause,
    });
  } finally {
    await file?.close();
  }
}

/** Differs between two states of a file that may differ in content or safety. */
export function signatureOf(stats: { ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint }): string {
  return [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ');
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AllowlistError({ code: 'ALLOWLIST_INVALID', shortMessage: 'The list is not UTF-8 text.', cause });
  }
}

function unsafe(why: string, remedy: string): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_UNSAFE',
    shortMessage: `The list may have been written by somebody else. ${why}`,
    metaMessages: [`Nobody is heard until this is mended. ${remedy}`],
  });
}

/** The refusal of a file, or of an edit that would make one, above the cap. */
export function tooLarge(maxBytes: number): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_TOO_LARGE',
    shortMessage: `The list is larger than ${maxBytes} bytes.`,
    metaMessages: ['Shorten it, or raise maxBytes.'],
  });
}
