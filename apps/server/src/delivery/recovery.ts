/** Tells when the agent is back after an outage, so that what waits for a later attempt need not. */
export interface Recovery {
  failed(conversationId: string): void;
  /** Whether what waits should be tried now. */
  succeeded(): boolean;
}

const longMs = 60_000;
const oftenMs = 30_000;

/**
 * An outage: attempts failed in several conversations since the last success, or that was long ago. One bad message
 * among good ones is none, else each success would ask for it again.
 * @param elapsed Milliseconds that nobody can set.
 */
export function createRecovery(elapsed: () => number): Recovery {
  const failing = new Set<string>();
  let succeededAt = -Infinity;
  let wokeAt = -Infinity;
  return {
    failed: (conversationId) => void failing.add(conversationId),
    succeeded: () => {
      const time = elapsed();
      const wasOut = failing.size > 1 || (failing.size === 1 && time - succeededAt >= longMs);
      const isBack = wasOut && time - wokeAt >= oftenMs;
      failing.clear();
      succeededAt = time;
      if (isBack) wokeAt = time;
      return isBack;
    },
  };
}
