import { BaseError } from '@xmtp-messaging/errors';
import type { components } from './gen/api.ts';

type Problem = components['schemas']['Problem'];

/** An answer that says that it did not work. Its `code` is the one of the problem document; `HTTP_ERROR` when there was none. */
export class RequestError extends BaseError {
  override readonly name = 'RequestError';
  /** Of HTTP. */
  readonly status: number;
  /** What the server said, whole; `null` when it was no problem document, as proxies answer. */
  readonly problem: Problem | null;
  /** When to try again, seconds; `null` when the server named no time. */
  readonly retryAfterSeconds: number | null;

  constructor(response: Response, said: unknown) {
    const problem = isProblem(said) ? said : null;
    super({
      code: problem?.code ?? 'HTTP_ERROR',
      shortMessage: problem?.detail ?? `The server answered ${response.status}, and no problem document.`,
      metaMessages: problem?.hint === undefined ? [] : [problem.hint],
      retryable: response.status === 429 || response.status === 503,
    });
    this.status = response.status;
    this.problem = problem;
    const wait = response.headers.get('retry-after');
    this.retryAfterSeconds = wait !== null && /^\d{1,9}$/u.test(wait) ? Number(wait) : null;
  }
}

function isProblem(said: unknown): said is Problem {
  if (typeof said !== 'object' || said === null) return false;
  return 'code' in said && typeof said.code === 'string' && 'detail' in said && typeof said.detail === 'string';
}
