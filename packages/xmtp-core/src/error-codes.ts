import type { FileErrorCode } from '@xmtp-messaging/errors/files';

/**
 * Every failure of this package by name. `mailboxErrorTexts` says what each means and what to do. Those of files and disks
 * are the `FileErrorCode`s.
 */
export type MailboxErrorCode =
  | FileErrorCode
  /** A file of the home folder cannot be used, for a reason that has no name of its own. */
  | 'HOME_UNUSABLE'
  /** `state.json` or `journal.db` was written by a later version. */
  | 'HOME_NEWER'
  /** `journal.db` is damaged and could not be repaired. */
  | 'JOURNAL_DAMAGED'
  /** The tables of `journal.db` are not those of any version. */
  | 'JOURNAL_ALTERED'
  /** Another process holds this home. */
  | 'LOCKED_BY_OTHER'
  /** `encryption.key` is gone while the database exists. */
  | 'KEY_LOST'
  /** `encryption.key` is not 32 bytes of hex. */
  | 'KEY_INVALID'
  /** The database does not open with this key. */
  | 'WRONG_KEY'
  /** `state.json` names an installation whose database is gone. */
  | 'DATABASE_LOST'
  /** The database is damaged. */
  | 'DATABASE_DAMAGED'
  /** The database is of another installation than the one that `state.json` names. */
  | 'DATABASE_REPLACED'
  /** The database is an older copy: the network holds messages of this installation that it does not know. */
  | 'STALE_COPY'
  /** This home was moved to another place and goes on there. */
  | 'MOVED'
  /** The database's salt file is gone or empty, so the database cannot be read. */
  | 'SALT_LOST'
  /** The database's salt file is not the one that was made with the database. */
  | 'SALT_INVALID'
  /** The home belongs to another address or inbox. */
  | 'OTHER_INBOX'
  /** The home belongs to another network. */
  | 'OTHER_NETWORK'
  /** `state.json` is there and cannot be understood. */
  | 'STATE_INVALID'
  /** Too many installations to register a further one. */
  | 'INSTALLATION_LIMIT'
  /** This installation was revoked. */
  | 'REVOKED'
  /** The network no longer takes messages of this protocol. */
  | 'NETWORK_RETIRED'
  /** The network does not answer. */
  | 'NETWORK_UNREACHABLE'
  /** The network or the database refused the registration. */
  | 'REGISTRATION_FAILED'
  /** The signer failed while registering. */
  | 'SIGNER_FAILED'
  /** XMTP's native binding does not load on this machine. */
  | 'BINDING_UNLOADABLE'
  /** An option or a request has an impossible value. */
  | 'INVALID_REQUEST'
  /** Nobody at this address is on XMTP. */
  | 'RECIPIENT_NOT_FOUND'
  /** This mailbox is not in such a conversation. */
  | 'CONVERSATION_NOT_FOUND'
  /** The text is empty. */
  | 'MESSAGE_EMPTY'
  /** The text is over the limit of 1,000,000 bytes. */
  | 'MESSAGE_TOO_LARGE'
  /** The idempotency key was used for another request. */
  | 'IDEMPOTENCY_CONFLICT'
  /** Too many sends wait already. */
  | 'TOO_BUSY'
  /** The network's limit of calls, or the SDK's, leaves no room now; nothing was asked. */
  | 'RATE_LIMITED'
  /** The deadline passed before anything was stored: the message was not and will not be sent. */
  | 'NOT_SENT'
  /** The message cannot be sent any more. */
  | 'SEND_FAILED'
  /** Whether it was sent is not known and never will be: it was on its way when the backup was made that this home comes from. */
  | 'SEND_UNKNOWN'
  /** A backup does not open with this secret, or is damaged. */
  | 'BACKUP_UNREADABLE'
  /** This mailbox may not write in the conversation: it left or was removed. */
  | 'PERMISSION_DENIED'
  /** Somebody else changed a group at the same time, so that a change of ours does not hold. */
  | 'GROUP_CHANGED'
  | 'NOT_A_MEMBER'
  /** The mailbox is closed or closing. */
  | 'CLOSED'
  /** Something unforeseen in the SDK. */
  | 'SDK_FAILED';
