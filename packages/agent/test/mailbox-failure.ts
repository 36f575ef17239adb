import { MailboxError, type MailboxErrorCode } from '@xmtp-messaging/xmtp-core';

/** An error as the mailbox throws it. */
export function mailboxFailure(code: MailboxErrorCode, retryable = false): MailboxError {
  return new MailboxError({
    code,
    shortMessage: `The database says ${code}.`,
    metaMessages: ['Look at the database.'],
    retryable,
  });
}
