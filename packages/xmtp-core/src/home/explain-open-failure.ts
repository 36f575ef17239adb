import { isBaseError } from '@xmtp-messaging/errors';
import { MailboxError, mailboxError } from '../errors.ts';
import { fromSdkError } from '../sdk/classify-error.ts';
import type { CheckedHome } from './check-home.ts';
import type { HomePaths } from './open-home.ts';
import { probeFolder } from './probe-folder.ts';

/** Failures behind which the disk may be. */
const unclear: ReadonlySet<string> = new Set(['SDK_FAILED', 'REGISTRATION_FAILED', 'DISK_FAILED', 'DISK_READ_ONLY']);

/** Why the database did not open, as precisely as the home and its disk can tell. */
export function explainOpenFailure(paths: HomePaths, error: unknown, { fits }: Pick<CheckedHome, 'fits'>): unknown {
  if (isBaseError(error) && !(error instanceof MailboxError)) return error;
  const known = error instanceof MailboxError ? error : fromSdkError(error);
  // SQLCipher says the same of a wrong key and of a damaged first page.
  if (known.code === 'WRONG_KEY' && fits) {
    return mailboxError('DATABASE_DAMAGED', {
      detail: `${paths.database}: key and salt are the right ones`,
      cause: known,
    });
  }
  return unclear.has(known.code) ? (probeFolder(paths.database) ?? known) : known;
}
