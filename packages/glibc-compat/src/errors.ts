import { BaseError, type BaseErrorOptions } from '@xmtp-messaging/errors';

/**
 * - `HOST_TOO_OLD`: the host's glibc is older than 2.34; two renamed symbols cannot help there.
 * - `BINDING_NOT_FOUND`: no XMTP binding could be found from the given folder.
 * - `BINDING_UNREADABLE`: the binding's file could not be read.
 * - `BINDING_MALFORMED`: the file is not a well-formed 64-bit little-endian ELF shared library.
 * - `BINDING_UNSUPPORTED`: the file asks for more than the two symbols that this package knows how to serve.
 * - `CACHE_UNSAFE`: the cache folder is a symbolic link, belongs to another user, or is open to others.
 * - `CACHE_UNUSABLE`: the cache folder or the copy in it could not be written.
 */
export type GlibcCompatErrorCode =
  | 'HOST_TOO_OLD'
  | 'BINDING_NOT_FOUND'
  | 'BINDING_UNREADABLE'
  | 'BINDING_MALFORMED'
  | 'BINDING_UNSUPPORTED'
  | 'CACHE_UNSAFE'
  | 'CACHE_UNUSABLE';

/** Every failure of this package. */
export class GlibcCompatError extends BaseError<GlibcCompatErrorCode> {
  override readonly name = 'GlibcCompatError';

  constructor(options: Omit<BaseErrorOptions<GlibcCompatErrorCode>, 'docsPath'>) {
    super({ ...options, docsPath: 'packages/glibc-compat/README.md#errors' });
  }
}

/** A file that is not what it must be for patching to be safe. */
export function malformed(detail: string): GlibcCompatError {
  return new GlibcCompatError({
    code: 'BINDING_MALFORMED',
    shortMessage: `The XMTP binding is not a well-formed 64-bit ELF library: ${detail}.`,
    metaMessages: ['Reinstall @xmtp/node-bindings; the download may be incomplete.'],
  });
}
