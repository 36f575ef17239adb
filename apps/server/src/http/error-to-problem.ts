import { STATUS_CODES } from 'node:http';
import { isBaseError } from '@xmtp-messaging/errors';
import { HTTPException } from 'hono/http-exception';
import type { Problem } from './problem.ts';
import { statusOf } from './status-of.ts';

/** Failures that Hono itself reports, in our words. */
const httpProblems: Readonly<Record<number, { code: string; detail: string; hint?: string }>> = {
  400: { code: 'BAD_JSON', detail: 'The body is not valid JSON.', hint: 'Send one JSON object, in UTF-8.' },
  413: { code: 'BODY_TOO_LARGE', detail: 'The body is larger than this route takes.' },
};

/** Any other status of HTTP says itself what is wrong. */
function httpProblem(status: number): { code: string; detail: string; hint?: string } {
  const title = STATUS_CODES[status] ?? 'Error';
  const code = title.toUpperCase().replaceAll(/[^A-Z]+/gu, '_');
  return httpProblems[status] ?? { code, detail: `The request cannot be answered: ${title}.` };
}

/** The problem that a caller may see. What is not known is a plain 500: the log has the rest, under the request id. */
export function errorToProblem(error: unknown): Problem {
  if (isBaseError(error)) {
    const status = statusOf(error);
    if (status !== null) {
      const hint = error.metaMessages.join(' ');
      return {
        status,
        code: error.code,
        detail: error.shortMessage,
        hint: hint === '' ? undefined : hint,
        retryAfter: retryAfter(error, status),
        facts: 'facts' in error ? (error.facts as Problem['facts']) : undefined,
      };
    }
  }
  if (error instanceof HTTPException && error.status !== 500)
    return { status: error.status, ...httpProblem(error.status) };
  return {
    status: 500,
    code: 'INTERNAL',
    detail: 'Something failed inside the server.',
    hint: 'Look for the request id in the log of the server.',
  };
}

/** Seconds to wait, for the answers that invite another try. */
function retryAfter(error: object, status: number): number | undefined {
  if ('retryAfterSeconds' in error && typeof error.retryAfterSeconds === 'number') return error.retryAfterSeconds;
  if ('retryAfterMs' in error && typeof error.retryAfterMs === 'number') return error.retryAfterMs / 1000;
  if (status === 429) return 10;
  return status === 503 ? 2 : undefined;
}
