import { isAbsolute, join } from 'node:path';

/** The values that decide where caches go (XDG Base Directory Specification). */
export interface CacheFolderOptions {
  /** `$XDG_CACHE_HOME`; ignored unless absolute, as the specification asks. */
  xdgCacheHome: string | undefined;
  /** The user's home folder. */
  home: string;
}

/** Where the patched copy is kept unless told otherwise. */
export function defaultCacheFolder({ xdgCacheHome, home }: CacheFolderOptions): string {
  const root = xdgCacheHome !== undefined && isAbsolute(xdgCacheHome) ? xdgCacheHome : join(home, '.cache');
  // One level only: in a shared folder such as /tmp, another user could own a level between.
  return join(root, 'xmtp-glibc-compat');
}
