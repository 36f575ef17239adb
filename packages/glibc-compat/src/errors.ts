import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

/** Why the binding cannot be made to load. */
export type GlibcCompatErrorCode =
  /** The host's glibc is older than 2.34; two renamed symbols cannot help there. */
  | 'HOST_TOO_OLD'
  /** No XMTP binding could be found from the given folder. */
  | 'BINDING_NOT_FOUND'
  /** The binding's file could not be read. */
  | 'BINDING_UNREADABLE'
  /** The file is not a well-formed 64-bit little-endian ELF shared library. */
  | 'BINDING_MALFORMED'
  /** The file asks for more than the two symbols that this package knows how to serve. */
  | 'BINDING_UNSUPPORTED'
  /** The cache folder is a symbolic link, belongs to another user, or is open to others. */
  | 'CACHE_UNSAFE'
  /** The cache folder or the copy in it could not be written. */
  | 'CACHE_UNUSABLE';

/** What each means and what to do. */
export const glibcCompatErrorTexts: ErrorTexts<GlibcCompatErrorCode> = {
  HOST_TOO_OLD: {
    what: "This system's glibc is too old for the XMTP binding, which needs 2.34 or later.",
    next: 'Use a newer system, such as Debian 12, Ubuntu 22.04 or RHEL 9, or a container of one.',
  },
  BINDING_NOT_FOUND: {
    what: '@xmtp/node-bindings was not found.',
    next: 'Run it in the folder of the program that uses XMTP, or name the file with --binding.',
  },
  BINDING_UNREADABLE: {
    what: 'The XMTP binding could not be read.',
    next: 'Check that @xmtp/node-bindings is installed and readable.',
  },
  BINDING_MALFORMED: {
    what: 'The XMTP binding is not a well-formed 64-bit ELF library.',
    next: 'Reinstall @xmtp/node-bindings; the download may be incomplete.',
  },
  BINDING_UNSUPPORTED: {
    what: "The XMTP binding cannot be made to load on this system's glibc.",
    next: 'Only __isoc23_strtol and __isoc23_strtoul can be replaced. Use a system with glibc 2.38 or later.',
  },
  CACHE_UNSAFE: {
    what: 'The cache folder is not private to this user, so native code in it cannot be trusted.',
    next: 'Remove it, or set XDG_CACHE_HOME to a folder of your own.',
  },
  CACHE_UNUSABLE: {
    what: 'The patched XMTP binding could not be stored.',
    next: 'Set XDG_CACHE_HOME to a folder of yours that is writable and has 40 MB free.',
  },
};

/** Every failure of this package. */
export class GlibcCompatError extends BaseError<GlibcCompatErrorCode> {
  override readonly name = 'GlibcCompatError';

  constructor(options: KnownErrorOptions<GlibcCompatErrorCode>) {
    super(fillIn(glibcCompatErrorTexts, options));
  }
}

/** A file that is not what it must be for patching to be safe. */
export function malformed(detail: string): GlibcCompatError {
  return new GlibcCompatError({
    code: 'BINDING_MALFORMED',
    shortMessage: `The XMTP binding is not a well-formed 64-bit ELF library: ${detail}.`,
  });
}
