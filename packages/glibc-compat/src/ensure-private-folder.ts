import { ensurePrivateFolder as ensureFolder, FileError } from '@xmtp-messaging/errors/files';
import { GlibcCompatError, glibcCompatErrorTexts } from './errors.ts';

/**
 * Makes `path` a folder that only this user can enter, and checks that it is one.
 * @throws GlibcCompatError `CACHE_UNSAFE`, `CACHE_UNUSABLE`
 */
export function ensurePrivateFolder(path: string): void {
  try {
    ensureFolder(path, { others: 'nothing' });
  } catch (cause) {
    if (!(cause instanceof FileError) || cause.fault === null) throw unusable(path, cause);
    throw new GlibcCompatError({
      code: 'CACHE_UNSAFE',
      metaMessages: [...cause.metaMessages.slice(0, 1), glibcCompatErrorTexts.CACHE_UNSAFE.next],
      cause,
    });
  }
}

/** The folder, or the copy in it, could not be made. */
export function unusable(path: string, cause: unknown): GlibcCompatError {
  return new GlibcCompatError({
    code: 'CACHE_UNUSABLE',
    shortMessage: `The patched XMTP binding could not be stored in ${path}.`,
    cause,
  });
}
