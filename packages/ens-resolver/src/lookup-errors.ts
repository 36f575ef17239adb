import { ResolveError } from './errors.ts';

/** The error for a caller who stopped waiting. */
export function gaveUp(input: string, why: 'aborted' | 'timeout', timeoutMs: number): ResolveError {
  return why === 'aborted'
    ? new ResolveError({ code: 'ABORTED', input })
    : new ResolveError({
        code: 'TIMEOUT',
        input,
        reason: `was not looked up within ${timeoutMs} ms.`,
      });
}

/** Errors of this package as they are, anything else as UPSTREAM_ERROR: callers see one kind only. */
export function asResolveError(error: unknown, input: string): ResolveError {
  if (error instanceof ResolveError) return error;
  return new ResolveError({ code: 'UPSTREAM_ERROR', input, cause: error });
}

/** Whether the error is an answer: the source says that there is no address. */
export function isAbsence(error: unknown): error is ResolveError & { code: 'NOT_FOUND' | 'NO_ADDRESS' } {
  return error instanceof ResolveError && (error.code === 'NOT_FOUND' || error.code === 'NO_ADDRESS');
}
