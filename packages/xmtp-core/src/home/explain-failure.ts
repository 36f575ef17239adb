import { isBaseError } from '@xmtp-messaging/errors';
import { MailboxError, mailboxError } from '../errors.ts';
import { fromSdkError } from '../sdk/classify-error.ts';
import type { CheckedHome } from './check-home.ts';
import type { HomePaths } from './open-home.ts';
import { probeFolder } from './probe-folder.ts';

/** Failures behind which the disk may be: the SDK often says no more than that its storage failed. */
const unclear: ReadonlySet<string> = new Set(['SDK_FAILED', 'REGISTRATION_FAILED', 'DISK_FAILED', 'DISK_READ_ONLY']);
const ofDisk = /storage|database|sqlite|\bdisk\b|os error/i;

/** A failure by the name that fits best, after a look at the disk where that may be the reason. */
export function explainFailure(paths: HomePaths, error: unknown): unknown {
  if (isBaseError(error) && !(error instanceof MailboxError)) return error;
  const known = error instanceof MailboxError ? error : fromSdkError(error);
  if (!unclear.has(known.code)) return known;
  const said = known.cause instanceof Error ? known.cause.message : '';
  return ofDisk.test(said) ? (probeFolder(paths.database) ?? known) : known;
}

/** Why the database did not open. */
export function explainOpenFailure(paths: HomePaths, error: unknown, { fits }: Pick<CheckedHome, 'fits'>): unknown {
  const known = explainFailure(paths, error);
  // SQLCipher says the same of a wrong key, of a damaged first page, and of a disk that has no room for its files beside.
  if (!(known instanceof MailboxError) || known.code !== 'WRONG_KEY' || !fits) return known;
  const detail = `${paths.database}: key and salt are the right ones`;
  return probeFolder(paths.database) ?? mailboxError('DATABASE_DAMAGED', { detail, cause: known });
}
