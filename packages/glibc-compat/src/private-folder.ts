import { lstatSync, mkdirSync } from 'node:fs';
import { GlibcCompatError } from './errors.ts';

/**
 * Makes `path` a folder that only this user can enter, and checks that it is one.
 * @throws GlibcCompatError `CACHE_UNSAFE`, `CACHE_UNUSABLE`
 */
export function ensurePrivateFolder(path: string): void {
  let stats;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    stats = lstatSync(path);
  } catch (cause) {
    throw unusable(path, cause);
  }
  const problem = stats.isSymbolicLink()
    ? 'is a symbolic link'
    : stats.uid !== process.getuid?.()
      ? 'belongs to another user'
      : (stats.mode & 0o077) !== 0
        ? 'is open to other users'
        : null;
  if (problem === null) return;
  throw new GlibcCompatError({
    code: 'CACHE_UNSAFE',
    shortMessage: `The cache folder ${path} ${problem}, so native code in it cannot be trusted.`,
    metaMessages: ['Remove it, or set XDG_CACHE_HOME to a folder of your own.'],
  });
}

/** The folder, or the copy in it, could not be made. */
export function unusable(path: string, cause: unknown): GlibcCompatError {
  return new GlibcCompatError({
    code: 'CACHE_UNUSABLE',
    shortMessage: `The patched XMTP binding could not be stored in ${path}.`,
    metaMessages: ['Set XDG_CACHE_HOME to a folder of yours that is writable and has 40 MB free.'],
    cause,
  });
}
