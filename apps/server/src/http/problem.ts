import { STATUS_CODES } from 'node:http';

/** What went wrong with one request (RFC 9457). */
export interface Problem {
  status: number;
  /** Stable, for programs. */
  code: string;
  /** One sentence: what happened. */
  detail: string;
  /** What to do next. */
  hint?: string | undefined;
  /** Seconds. */
  retryAfter?: number | undefined;
  /** One for each bad part of the request; `pointer` as in RFC 6901. */
  errors?: readonly { pointer: string; detail: string }[] | undefined;
  /** Further members. */
  facts?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** Nobody reads this answer; it only keeps the log and the metrics from calling it a failure. */
export const callerGone: Problem = {
  status: 499,
  code: 'CALLER_GONE',
  detail: 'The caller hung up before the answer.',
};

/** The document as clients see it. `ok: false` stands beside the `ok: true` of `POST /xmtp/send`. */
export function problemBody(problem: Problem, requestId: string) {
  const { status, code, detail, hint, errors, facts } = problem;
  return {
    ...facts,
    type: `urn:xmtp-messaging:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(hint === undefined ? {} : { hint }),
    ...(errors === undefined ? {} : { errors }),
    ok: false,
    requestId,
  };
}

export function problemResponse(problem: Problem, requestId: string): Response {
  const retry =
    problem.retryAfter === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(problem.retryAfter))) };
  return new Response(JSON.stringify(problemBody(problem, requestId)), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...retry,
      ...problem.headers,
    },
  });
}
