import { errnoOf } from '@xmtp-messaging/errors/files';
import type { MailboxErrorCode } from '../error-codes.ts';
import { fromFileError, type MailboxError, mailboxError } from '../errors.ts';
import { probeFolder } from '../home/probe-folder.ts';

/** Primary result codes of SQLite (sqlite.org/rescode.html) that say what is wrong by themselves. */
const codes: Readonly<Record<number, MailboxErrorCode>> = {
  7: 'OUT_OF_MEMORY',
  8: 'DISK_READ_ONLY',
  10: 'DISK_FAILED',
  11: 'JOURNAL_DAMAGED',
  13: 'DISK_FULL',
  14: 'NO_PERMISSION',
  26: 'JOURNAL_DAMAGED',
};

/** The primary result code of an error of node:sqlite; `null` for any other error. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

/** Whether it says that the file itself is not sound. */
export const saysDamage = (error: unknown): boolean => [11, 26].includes(resultCode(error) ?? 0);

/** The name of an error of node:sqlite; `null` for any other error. */
export function classifySqliteError(error: unknown): MailboxErrorCode | null {
  const code = resultCode(error);
  return code === null ? null : (codes[code] ?? null);
}

/**
 * What went wrong with a file that SQLite opened. SQLite says little of why; the folder, asked directly, says more.
 * `otherwise` names what is left: the file is not what it should be.
 */
export function fromSqliteError(
  path: string,
  cause: unknown,
  otherwise: { code: MailboxErrorCode; detail: string },
): MailboxError {
  if (errnoOf(cause) !== null) return fromFileError(path, cause);
  const code = classifySqliteError(cause);
  if (code === null || saysDamage(cause)) return mailboxError(otherwise.code, { detail: otherwise.detail, cause });
  return probeFolder(path) ?? mailboxError(code, { detail: path, cause });
}
