import { isBaseError } from '@xmtp-messaging/errors';
import { type MailboxError, mailboxError } from '../errors.ts';
import { classifySdkError } from '../sdk/classify-error.ts';

/** Whether an error of the SDK or of our own calls is the network's refusal for its limit. Not our own answer for that. */
export function isRefusal(error: unknown): boolean {
  return !isBaseError(error) && classifySdkError(error) === 'RATE_LIMITED';
}

/** @param retryAfterMs When calls may begin again. */
export function rateLimited(retryAfterMs: number): MailboxError {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  return mailboxError('RATE_LIMITED', { detail: `Calls begin again in ${seconds} s.`, retryAfterMs });
}
