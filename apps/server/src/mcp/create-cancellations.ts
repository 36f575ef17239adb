import { followBody } from './follow-body.ts';

/** Calls of clients of the protocol up to 2025-11-25, who say in a request of its own that they do not want an answer any more. */
export interface Cancellations {
  /**
   * Answers a call.
   * @param call.name Of the call, `null` when it cannot be cancelled by name
   * @param answer Is given what aborts when the call is cancelled
   */
  run(call: { name: string | null }, answer: (signal: AbortSignal) => Promise<Response>): Promise<Response>;
  /** Nothing happens when no such call runs. */
  cancel(name: string): void;
}

/** What a request has to do with cancelling: the call that it makes, or the one that it ends. */
export interface CallOrEnd {
  makes: string | null;
  ends: string | null;
}

/** Names a call by its session, within which its id is its own. @param asked.caller Nobody else can cancel it */
export function namesIn(asked: { caller: string; session: string | null; body: unknown }): CallOrEnd {
  const { caller, session, body } = asked;
  if (session === null || typeof body !== 'object' || body === null) return { makes: null, ends: null };
  const { id, method, params } = body as { id?: unknown; method?: unknown; params?: { requestId?: unknown } };
  const named = (call: unknown) =>
    typeof call === 'string' || typeof call === 'number' ? JSON.stringify([caller, session, call]) : null;
  return { makes: named(id), ends: method === 'notifications/cancelled' ? named(params?.requestId) : null };
}

export function createCancellations(): Cancellations {
  const running = new Map<string, AbortController>();
  return {
    async run({ name }, answer) {
      const stop = new AbortController();
      if (name === null) return await answer(stop.signal);
      running.set(name, stop);
      const forget = () => {
        if (running.get(name) === stop) running.delete(name);
      };
      try {
        return followBody(await answer(stop.signal), forget);
      } catch (error) {
        forget();
        throw error;
      }
    },
    cancel: (name) => running.get(name)?.abort(),
  };
}
