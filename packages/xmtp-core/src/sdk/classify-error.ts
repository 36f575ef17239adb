import { isBaseError } from '@xmtp-messaging/errors';
import type { MailboxErrorCode } from '../error-codes.ts';
import { type MailboxError, mailboxError } from '../errors.ts';
import { classifySqliteError } from '../journal/sqlite-error.ts';

/** The network's refusal for its limit of calls, in the words of the SDK, of the reference node and of our own calls. */
const refusal = /resource has been exhausted|RESOURCE_EXHAUSTED|exceeds rate limit|gRPC status 8:/i;

const patterns: readonly (readonly [RegExp, MailboxErrorCode])[] = [
  [/database or disk is full|no space left on device|disk quota exceeded/i, 'DISK_FULL'],
  [/attempt to write a readonly database|read-only file system/i, 'DISK_READ_ONLY'],
  [/disk I\/O error|input\/output error/i, 'DISK_FAILED'],
  [/too many open files/i, 'TOO_MANY_OPEN_FILES'],
  [/database disk image is malformed/i, 'DATABASE_DAMAGED'],
  [/unable to open database file|permission denied \(os error/i, 'NO_PERMISSION'],
  [/no longer available\. Please upgrade|publishing to XMTP V3 is no longer/i, 'NETWORK_RETIRED'],
  [/PRAGMA key or salt has incorrect value|file is not a database|unsupported file format/i, 'WRONG_KEY'],
  [/does not match the stored InboxId/i, 'OTHER_INBOX'],
  [/already registered \d+\/\d+ installations/i, 'INSTALLATION_LIMIT'],
  [/inbox id for address .* not found/i, 'RECIPIENT_NOT_FOUND'],
  [refusal, 'RATE_LIMITED'],
  [/MissingGatewayHost/i, 'INVALID_REQUEST'],
  [/failed to wait for intent/i, 'NETWORK_UNREACHABLE'],
  [
    /\[ApiError|service is currently unavailable|tcp connect error|transport error|deadline has elapsed|gRPC status (4|14):|gave no answer|took too long|ECONNREFUSED|ECONNRESET/i,
    'NETWORK_UNREACHABLE',
  ],
];

/** The code of an error of the SDK, read from its text: it carries nothing else. Also of the journal's. Pinned by contract tests. */
export function classifySdkError(error: unknown): MailboxErrorCode {
  const ofJournal = classifySqliteError(error);
  if (ofJournal !== null) return ofJournal;
  const text = error instanceof Error ? error.message : String(error);
  return patterns.find(([pattern]) => pattern.test(text))?.[1] ?? 'SDK_FAILED';
}

/** An error of the SDK as ours, with the SDK's as cause; ours as it is. */
export function fromSdkError(error: unknown): MailboxError {
  if (isBaseError(error)) return error as MailboxError;
  const code = classifySdkError(error);
  // Known codes say it in our words; of the others the SDK's own sentence is all there is.
  return mailboxError(code, { detail: code === 'SDK_FAILED' ? sdkReason(error) : undefined, cause: error });
}

/**
 * Whether a commit is out and nobody knows yet what became of it: the SDK does not wait for one that comes late, as they do where a
 * chain orders them.
 */
export function isUnheardOf(error: unknown): boolean {
  return error instanceof Error && /failed to wait for intent/i.test(error.message);
}

/** Whether the same call may succeed a moment later. */
export function isDatabaseBusy(error: unknown): boolean {
  return error instanceof Error && /database is locked|database table is locked|SQLITE_BUSY/i.test(error.message);
}

/** The sentence that matters of an error of the SDK, whose texts run to pages. For events and status. */
export function sdkReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const reason = /self: "([^"]*)"/.exec(text)?.[1] ?? text;
  return reason.slice(0, 300);
}
