import { type FileErrorCode, fileErrorTexts } from '@xmtp-messaging/errors/files';
import type { MailboxErrorCode } from './error-codes.ts';

interface ErrorText {
  what: string;
  next: string;
  retryable?: boolean;
}

// Whatever is wrong with a file or disk may be mended while the program runs.
const ofFiles = Object.fromEntries(
  Object.entries(fileErrorTexts).map(([code, text]) => [code, { ...text, retryable: true }]),
) as Record<FileErrorCode, ErrorText>;

/** What each code means, and what to do. */
export const mailboxErrorTexts: Readonly<Record<MailboxErrorCode, ErrorText>> = {
  ...ofFiles,
  HOME_UNUSABLE: {
    what: 'The home folder of the mailbox cannot be used.',
    next: 'Give this user a folder of its own that it may write, on a local disk.',
  },
  HOME_NEWER: {
    what: 'This home was written by a later version.',
    next: 'Run that version or a later one. Nothing was changed.',
  },
  JOURNAL_DAMAGED: {
    what: 'The journal of this home is damaged, and no copy of it is sound.',
    next: 'Look at the disk. Move journal.db away to start with a new journal: it forgets which idempotency keys were used and what the agent has handled, so the messages of the last hour are delivered again.',
  },
  JOURNAL_ALTERED: {
    what: 'The tables of the journal are not what any version made.',
    next: 'Put journal.db back as it was, or move it away to start with a new one, which forgets idempotency keys and what the agent has handled. Nothing was changed.',
  },
  LOCKED_BY_OTHER: {
    what: 'Another process has this mailbox open.',
    next: 'Stop that process. One home serves one process, or messages would be lost.',
  },
  KEY_LOST: {
    what: 'The encryption key is gone but the database it opens is still there.',
    next: 'Put encryption.key back. Without it, move the whole home away and start anew as a further installation.',
  },
  KEY_INVALID: {
    what: 'The encryption key is not 32 bytes in hex.',
    next: 'Put the right encryption.key back.',
  },
  WRONG_KEY: {
    what: 'The database does not open with this encryption key.',
    next: 'Put back the encryption.key and the salt file that were made with this database.',
  },
  DATABASE_LOST: {
    what: 'This home has a registered installation but its database is gone.',
    next: 'Do not restore an old copy: peers could not read what it sends. Move the home away to start as a further installation.',
  },
  DATABASE_DAMAGED: {
    what: 'The message database of this home is damaged.',
    next: 'Look at the disk. Do not restore an old copy: peers could not read what it sends. Move the home away to start as a further installation.',
  },
  DATABASE_REPLACED: {
    what: 'The database of this home belongs to another installation than its state.json.',
    next: 'Put back the files that belong together, or move the home away to start as a further installation.',
  },
  STALE_COPY: {
    what: 'The message database of this home is an older copy of itself: messages were sent from it that it does not know, so nobody could read what it would send.',
    next: 'If the newer database is still there, put the whole newer home in place of this one. Else move this home away to start as a further installation; its lists (allowlist.yaml, denylist.yaml, grouplist.yaml) may be copied into the new one. Nothing was sent.',
  },
  MOVED: {
    what: 'This home was moved and goes on elsewhere: what is left here must not be used.',
    next: 'Start the agent where its home is now. To have it back here, remove what was left and move it back.',
  },
  SALT_INVALID: {
    what: 'The salt file of the database is not the one that was made with it, so the database cannot be read.',
    next: 'Put the right xmtp.db.sqlcipher_salt back. Without it, move the home away to start as a further installation.',
  },
  SALT_LOST: {
    what: 'The salt file of the database is gone, so the database cannot be read.',
    next: 'Put xmtp.db.sqlcipher_salt back. Without it, move the home away to start as a further installation.',
  },
  OTHER_INBOX: {
    what: 'This home belongs to another address or inbox.',
    next: 'Use the home of this address, or the signer of that home.',
  },
  OTHER_NETWORK: {
    what: 'This home belongs to another network.',
    next: 'Use one home for each network. From V3 to a gateway it can be moved: xmtp-messaging-server move-to-gateway.',
  },
  STATE_INVALID: {
    what: 'The file state.json of this home cannot be understood.',
    next: 'Put it back from a backup of this same installation, or move the home away.',
  },
  INSTALLATION_LIMIT: {
    what: 'This inbox has too many installations to register a further one.',
    next: 'Revoke installations that are not used, or allow more than 8 explicitly; the network stops at 10.',
  },
  REVOKED: {
    what: 'This installation was revoked and can neither send nor receive.',
    next: 'Move the home away to start as a further installation.',
  },
  NETWORK_RETIRED: {
    what: 'The network no longer takes messages of this protocol.',
    next: 'Move the home to a gateway of the decentralised network: xmtp-messaging-server move-to-gateway, or moveToGateway.',
  },
  NETWORK_UNREACHABLE: {
    what: 'The XMTP network does not answer.',
    next: 'Check the connection and the address of the network, then try again.',
    retryable: true,
  },
  REGISTRATION_FAILED: {
    what: 'The installation could not be registered.',
    next: 'Try again; nothing was lost.',
    retryable: true,
  },
  SIGNER_FAILED: {
    what: 'The wallet did not sign the registration.',
    next: 'It is needed only once for each home.',
  },
  BINDING_UNLOADABLE: {
    what: "XMTP's native binding does not load on this machine.",
    next: 'On glibc before 2.38 import @xmtp-messaging/glibc-compat/register first; otherwise look at the cause.',
  },
  INVALID_REQUEST: { what: 'The request has an impossible value.', next: 'Correct it.' },
  RECIPIENT_NOT_FOUND: {
    what: 'Nobody at this address is on XMTP.',
    next: 'Ask the recipient to register with XMTP first.',
  },
  CONVERSATION_NOT_FOUND: {
    what: 'This mailbox is not in such a conversation.',
    next: 'Use a conversation id that this mailbox gave out, or an address.',
  },
  MESSAGE_EMPTY: { what: 'The message is empty.', next: 'Send some text.' },
  MESSAGE_TOO_LARGE: { what: 'The message is over the limit of 1,000,000 bytes.', next: 'Send less at once.' },
  IDEMPOTENCY_CONFLICT: {
    what: 'This idempotency key was used for another request.',
    next: 'Use a new key for a new message.',
  },
  TOO_BUSY: { what: 'Too many messages wait to be sent.', next: 'Try again in a moment.', retryable: true },
  RATE_LIMITED: {
    what: 'As many calls as the network takes were made; none is made now, so that it will take some again.',
    next: 'Try again when the time has passed. All mailboxes behind one address share this limit.',
    retryable: true,
  },
  NOT_SENT: {
    what: 'The deadline passed before the message was stored; it was not and will not be sent.',
    next: 'Try again.',
    retryable: true,
  },
  NOT_A_MEMBER: {
    what: 'This mailbox is not a member of the conversation any more; the message was refused for good.',
    next: 'Ask a member to add it again, or write to an address.',
  },
  PERMISSION_DENIED: {
    what: 'The rules of this group do not allow that to this mailbox.',
    next: 'Ask an admin of the group, or a super admin; the group shows its permissions.',
  },
  GROUP_CHANGED: {
    what: 'Somebody else changed the group at the same time, and this change does not hold.',
    next: 'Look at the group as it is now, then ask again if it is still wanted.',
    retryable: true,
  },
  SEND_FAILED: { what: 'The message was refused for good.', next: 'Look at the cause.' },
  SEND_UNKNOWN: {
    what: 'This message was on its way when the backup was made that this home was restored from: it may have been sent, and is not sent again.',
    next: 'Ask the recipient. A new key sends it, possibly a second time.',
  },
  BACKUP_UNREADABLE: {
    what: 'The backup does not open with this passphrase or key, or is damaged or cut off.',
    next: 'Give the secret that it was made for, or another copy of the file. Nothing was changed.',
  },
  CLOSED: { what: 'The mailbox is closed.', next: 'Open it again.' },
  SDK_FAILED: { what: 'The XMTP SDK failed.', next: 'Look at the cause.', retryable: true },
};
