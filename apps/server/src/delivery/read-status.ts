import { type BaseError, isBaseError, parseRetryAfter } from '@xmtp-messaging/errors';
import type { AgentAnswer } from './create-request-sender.ts';
import type { ChannelOutcome } from './types.ts';

/** Answers of the kind "not this one" before it is believed: a proxy may say it for a moment as well. */
export const refusalAttempts = 3;

/** Client errors that pass by themselves (RFC 9110 15.5.9, RFC 8470 5.2, RFC 6585 4). */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/** What the status alone says; `null` for success, when the body decides. @param who Begins the sentence, for example "the webhook". */
export function readStatus({ status, headers }: AgentAnswer, who: string, now: number): ChannelOutcome | null {
  if (status >= 200 && status < 300) return null;
  if (status === 410) return { kind: 'gone', error: `${who} answered 410 Gone` };
  const redirect = status >= 300 && status < 400 ? ', a redirect, which is never followed' : '';
  const error = `${who} answered ${status}${redirect}`;
  if (status >= 400 && status < 500 && !passing.has(status)) {
    return { kind: 'refused', error, attempts: refusalAttempts };
  }
  const retryAfterMs = parseRetryAfter(headers['retry-after'], { now, date: headers.date }) ?? undefined;
  return { kind: 'failed', error, retryAfterMs };
}

const unusable: ReadonlySet<string> = new Set(['ANSWER_TOO_LARGE', 'ANSWER_UNREADABLE']);

/** What a request that threw says. */
export function readFailure(error: unknown): ChannelOutcome {
  if (!isBaseError(error)) return { kind: 'failed', error: 'the request failed' };
  const { code, shortMessage }: BaseError = error;
  if (unusable.has(code)) return { kind: 'refused', error: shortMessage, attempts: refusalAttempts };
  return { kind: 'failed', error: shortMessage };
}
