import { BaseError, type BaseErrorOptions } from '@xmtp-messaging/errors';

/** Why the allowlist refused. The README's table says when each appears and what to do. */
export type AllowlistErrorCode =
  /** Not 0x and forty hex digits. */
  | 'INVALID_ADDRESS'
  /** Mixed case that is not the EIP-55 checksum: probably a typing error. */
  | 'BAD_CHECKSUM'
  /** Nobody owns the zero address. */
  | 'ZERO_ADDRESS'
  /** Empty, longer than 255 bytes, shaped like an address, with characters that cannot be seen, or like a name and not one. */
  | 'INVALID_NAME'
  /** The file lists one address twice. */
  | 'DUPLICATE_ADDRESS'
  /** The file gives one name to two addresses. */
  | 'DUPLICATE_NAME'
  /** `add` was asked to give a listed name to another address. */
  | 'NAME_TAKEN'
  /** The file is not YAML 1.2, or not a list of entries. */
  | 'ALLOWLIST_INVALID'
  /** The file is larger than `maxBytes`, or would become so. */
  | 'ALLOWLIST_TOO_LARGE'
  /** Somebody else could have written the file: its owner, mode or kind is wrong. */
  | 'ALLOWLIST_UNSAFE'
  /** The file could not be read, or an edit was refused because the file is in doubt. */
  | 'ALLOWLIST_UNREADABLE'
  /** Another process held the edit lock for too long. */
  | 'ALLOWLIST_LOCKED'
  /** The edit could not be written; the file is as it was. */
  | 'ALLOWLIST_WRITE_FAILED'
  /** Used after `close()`. */
  | 'ALLOWLIST_CLOSED';

/** Where in the file, counted from 1. */
export interface FilePosition {
  line: number;
  column: number;
}

/** Every failure of this package. */
export class AllowlistError extends BaseError<AllowlistErrorCode> {
  override readonly name = 'AllowlistError';
  /** Where in the file, when the file's content is the reason. */
  readonly position: FilePosition | undefined;

  constructor(options: BaseErrorOptions<AllowlistErrorCode> & { position?: FilePosition | undefined }) {
    super(options);
    this.position = options.position;
  }
}
