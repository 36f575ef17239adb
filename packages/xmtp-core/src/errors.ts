import { BaseError, type BaseErrorOptions } from '@xmtp-messaging/errors';
import { fromSystemError } from '@xmtp-messaging/errors/files';
import type { MailboxErrorCode } from './error-codes.ts';
import { mailboxErrorTexts } from './error-texts.ts';

/** What `openMailbox` and a mailbox throw. `code` is stable; `retryable` says whether the same call may succeed later. */
export class MailboxError extends BaseError<MailboxErrorCode> {
  override readonly name = 'MailboxError';
  /** When the same call may succeed, in milliseconds from when it failed; `null` when nobody knows. */
  readonly retryAfterMs: number | null;

  constructor(options: BaseErrorOptions<MailboxErrorCode> & { retryAfterMs?: number | undefined }) {
    super(options);
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Facts that complete the fixed text of a code. Never the text of a message, never key material. */
export interface MailboxErrorFacts {
  /** Appended to the first sentence's explanation, for example a path or a limit. */
  detail?: string | undefined;
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** What was said of a file or by the operating system, as an error of this package. */
export function fromFileError(path: string, error: unknown): MailboxError {
  if (error instanceof MailboxError) return error;
  const known = fromSystemError(path, error);
  const { code, shortMessage, metaMessages } = known;
  return new MailboxError({ code, shortMessage, metaMessages, retryable: true, cause: known });
}

/** The error of a code, with its documented text. */
export function mailboxError(code: MailboxErrorCode, facts: MailboxErrorFacts = {}): MailboxError {
  const { what, next, retryable = false } = mailboxErrorTexts[code];
  return new MailboxError({
    code,
    shortMessage: what,
    metaMessages: [...(facts.detail === undefined ? [] : [facts.detail]), next],
    retryable,
    retryAfterMs: facts.retryAfterMs,
    cause: facts.cause,
  });
}
