import { parseRetryAfter } from '@xmtp-messaging/errors';
import { ResolveError, type ResolveErrorOptions } from '../errors.ts';
import type { CappedResponse } from './fetch-capped.ts';

/** Why a request gave nothing, and when the service wants the next one, if it said so. */
export interface Fault {
  error: ResolveError;
  /** Milliseconds; `null` when the service did not say. */
  retryInMs: number | null;
}

/** The service's own window; it sends no Retry-After. */
const rateWindowMs = 10_000;

/** A longer wait is not believed: one bad header must not switch the source off for a day. */
const maxRetryMs = 300_000;

/** What is wrong with an answer; `null` when it is a 200 of acceptable size. */
export function answerFault(
  input: string,
  response: CappedResponse,
  { now, hasKey }: { now: number; hasKey: boolean },
): Fault | null {
  const { status, headers, body } = response;
  const wanted = parseRetryAfter(headers.get('retry-after'), { now, date: headers.get('date') });
  const retryInMs = wanted === null ? null : Math.min(wanted, maxRetryMs);
  if (status === 200) return body === null ? { error: fail(input, 'RESPONSE_TOO_LARGE', status), retryInMs } : null;
  if (status === 429)
    return { error: rateLimited(input, retryInMs ?? rateWindowMs, status), retryInMs: retryInMs ?? rateWindowMs };
  if (status >= 300 && status < 400) return { error: fail(input, 'REDIRECT_REFUSED', status), retryInMs };
  if (status === 404) return { error: fail(input, 'NOT_FOUND', status), retryInMs };
  if (status === 401 || status === 403) {
    return { error: fail(input, 'UNAUTHORIZED', status, hasKey ? facts.UNAUTHORIZED : refusedWithoutKey), retryInMs };
  }
  return { error: fail(input, 'UPSTREAM_ERROR', status), retryInMs };
}

/** What a rejected fetch means. The key is in the request's headers, which the platform's errors do not show. */
export function networkFault(
  input: string,
  facts: { aborted: boolean; timedOut: boolean; timeoutMs: number; cause: unknown },
): Fault {
  const { aborted, timedOut, timeoutMs, cause } = facts;
  const options = { input, source: 'web3.bio' as const };
  if (aborted) {
    return fault({ ...options, code: 'ABORTED' });
  }
  if (timedOut) {
    return fault({
      ...options,
      code: 'TIMEOUT',
      reason: `was not looked up: web3.bio gave no full answer within ${timeoutMs} ms.`,
    });
  }
  return fault({
    ...options,
    code: 'UPSTREAM_ERROR',
    reason: 'was not looked up: web3.bio cannot be reached.',
    hints: ['Check the network connection, or try again later.'],
    cause,
  });
}

/** @param status Present when the service said it, absent when our own budget did. */
export function rateLimited(input: string, retryAfterMs: number, status?: number): ResolveError {
  return new ResolveError({
    code: 'RATE_LIMITED',
    input,
    source: 'web3.bio',
    reason: 'was not looked up: too many requests to web3.bio.',
    hints: [`Try again in ${Math.ceil(retryAfterMs / 1_000)} s, or use an API key.`],
    status,
    retryAfterMs,
  });
}

const facts = {
  NOT_FOUND: {
    reason: 'is not known to web3.bio.',
    hints: ['Check the spelling. A new name, or one that lives off chain, may be missing there.'],
  },
  UNAUTHORIZED: {
    reason: 'was not looked up: web3.bio refuses the API key.',
    hints: ['Correct the key, or remove it to use the service without one.'],
  },
  REDIRECT_REFUSED: {
    reason: 'was not looked up: web3.bio answered with a redirect, which is not followed.',
    hints: ['Check the base URL.'],
  },
  RESPONSE_TOO_LARGE: {
    reason: 'was not looked up: the answer of web3.bio is too large.',
    hints: ['Check the base URL.'],
  },
  UPSTREAM_ERROR: { reason: 'was not looked up: web3.bio failed.' },
};

const refusedWithoutKey = {
  reason: 'was not looked up: web3.bio refuses us, who use it without an API key.',
  hints: [
    'A proxy or firewall may have answered, or the service may refuse this network. Set an API key, or check the base URL.',
  ],
};

function fail(input: string, code: keyof typeof facts, status: number, fact = facts[code]): ResolveError {
  const retryable = code === 'UPSTREAM_ERROR' ? status >= 500 || status === 408 : undefined;
  return new ResolveError({ code, input, source: 'web3.bio', status, retryable, ...fact });
}

function fault(options: ResolveErrorOptions): Fault {
  return { error: new ResolveError(options), retryInMs: null };
}
