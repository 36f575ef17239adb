import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions, quoteInput } from '@xmtp-messaging/errors';
import { fromSystemError } from '@xmtp-messaging/errors/files';
import type { ListEntry } from './list-entry.ts';

/** Why the allowlist refused. The README's table says when each appears and what to do. */
export type AllowlistErrorCode =
  /** Not 0x and forty hex digits. */
  | 'INVALID_ADDRESS'
  /** Mixed case that is not the EIP-55 checksum: probably a typing error. */
  | 'BAD_CHECKSUM'
  /** Nobody owns the zero address. */
  | 'ZERO_ADDRESS'
  /** Not the id of a group. */
  | 'INVALID_GROUP'
  /** Empty, longer than 255 bytes, shaped like an address, with characters that cannot be seen, or like a name and not one. */
  | 'INVALID_NAME'
  /** An option of `openAllowlist` or `openGroupList` has an impossible value. */
  | 'INVALID_OPTION'
  /** The file lists one address twice. */
  | 'DUPLICATE_ADDRESS'
  /** The file lists one group twice. */
  | 'DUPLICATE_GROUP'
  /** The file gives one name to two entries. */
  | 'DUPLICATE_NAME'
  /** `add` was asked to give a listed name to another entry. */
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

/** What each means and what to do. */
export const allowlistErrorTexts: ErrorTexts<AllowlistErrorCode> = {
  INVALID_ADDRESS: {
    what: 'This is not an Ethereum address: 0x and 40 hexadecimal digits.',
    next: 'Copy it again from its source.',
  },
  BAD_CHECKSUM: {
    what: 'The address fails its EIP-55 checksum: a digit is probably wrong.',
    next: 'Copy it again from its source.',
  },
  ZERO_ADDRESS: {
    what: 'The zero address belongs to nobody and cannot be listed.',
    next: 'Give the address of somebody.',
  },
  INVALID_GROUP: {
    what: 'This is not the id of a group: 32 hexadecimal digits.',
    next: 'Copy it again, from the knocks or the conversations.',
  },
  INVALID_OPTION: { what: 'An option has an impossible value.', next: 'Correct it, or leave it out.' },
  INVALID_NAME: { what: 'This name cannot be listed.', next: 'Choose a name or label that people can read.' },
  DUPLICATE_ADDRESS: { what: 'The list names one address twice.', next: 'Remove one of the two entries.' },
  DUPLICATE_GROUP: { what: 'The list names one group twice.', next: 'Remove one of the two entries.' },
  DUPLICATE_NAME: { what: 'The list gives one name to two entries.', next: 'Remove one of the two.' },
  NAME_TAKEN: {
    what: 'The name is pinned to another entry.',
    next: 'If the name has a new owner whom you trust, remove the entry first, then add the new address.',
  },
  ALLOWLIST_INVALID: {
    what: 'The list is not YAML 1.2, or not a list of entries.',
    next: 'Nobody is heard until it is corrected.',
  },
  ALLOWLIST_TOO_LARGE: { what: 'The list is too large.', next: 'Shorten it, or raise maxBytes.' },
  ALLOWLIST_UNSAFE: {
    what: 'The list may have been written by somebody else.',
    next: 'Check its entries, then give it to this user, with mode 600. Nobody is heard until then.',
  },
  ALLOWLIST_UNREADABLE: { what: 'The list cannot be read.', next: 'Nobody is heard until it can be.' },
  ALLOWLIST_LOCKED: {
    what: 'Another process is editing the list.',
    next: 'Find who holds its lock, or try again.',
    retryable: true,
  },
  ALLOWLIST_WRITE_FAILED: {
    what: 'The list could not be edited without changing other entries; it is as it was.',
    next: 'Make the change by hand, or write the list in the plain form of the documentation.',
  },
  ALLOWLIST_CLOSED: { what: 'The list has been closed.', next: 'Open it again.' },
};

/** Where in the file, counted from 1. */
export interface FilePosition {
  /** Of the file. */
  line: number;
  /** In characters. */
  column: number;
}

/** Every failure of this package. */
export class AllowlistError extends BaseError<AllowlistErrorCode> {
  override readonly name = 'AllowlistError';
  /** Where in the file, when the file's content is the reason. */
  readonly position: FilePosition | undefined;

  constructor(options: KnownErrorOptions<AllowlistErrorCode> & { position?: FilePosition | undefined }) {
    super(fillIn(allowlistErrorTexts, options));
    this.position = options.position;
  }
}

/** The refusal to give a pinned name to another address. */
export function nameTaken({ name, id }: ListEntry): AllowlistError {
  return new AllowlistError({
    code: 'NAME_TAKEN',
    shortMessage: `The name ${quoteInput(name ?? '')} is pinned to ${id}.`,
  });
}

/** The refusal to edit a file whose content is not certain. */
export function inDoubt(path: string, cause: AllowlistError): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_UNREADABLE',
    shortMessage: `The list is in doubt and was left as it is. ${cause.shortMessage}`,
    metaMessages: [...cause.metaMessages, `Mend ${path}, then try again.`],
    position: cause.position,
    cause,
  });
}

/** What the operating system said when the list was written. */
export function writeFailed(path: string, cause: unknown): AllowlistError {
  const { detail, shortMessage, metaMessages } = fromSystemError(path, cause);
  return new AllowlistError({
    code: 'ALLOWLIST_WRITE_FAILED',
    shortMessage: `The list could not be written (${detail ?? 'unknown reason'}). ${shortMessage}`,
    metaMessages,
    retryable: true,
    cause,
  });
}

/** A list that is not there is empty. One whose folder went away is not known, and must not be begun anew where that was. */
export function folderGone(folder: string): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_UNREADABLE',
    shortMessage: 'The folder of the list was moved or removed.',
    metaMessages: [folder, 'Put it back. Nobody is heard until then.'],
    retryable: true,
  });
}

/** What every use after `close()` gets. */
export function closed(): AllowlistError {
  return new AllowlistError({ code: 'ALLOWLIST_CLOSED' });
}

/** Whatever goes wrong while reading is a doubt. */
export function asDoubt(cause: unknown): AllowlistError {
  if (cause instanceof AllowlistError) return cause;
  return new AllowlistError({ code: 'ALLOWLIST_UNREADABLE', cause });
}
