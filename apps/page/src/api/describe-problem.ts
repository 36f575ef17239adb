import { RequestError } from '@xmtp-messaging/client';
import { texts } from '../texts.ts';

/** What went wrong, for people: what, and what to do. */
export function describeProblem(error: unknown): { what: string; next: string | null } {
  if (error instanceof RequestError) {
    const [first] = error.problem?.errors ?? [];
    const what = first === undefined ? error.shortMessage : `${error.shortMessage} ${first.detail}.`;
    return { what, next: error.problem?.hint ?? null };
  }
  return { what: error instanceof TypeError ? texts.unreachable : texts.failed, next: null };
}

/** Whether the session is none any more. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof RequestError && error.status === 401;
}
