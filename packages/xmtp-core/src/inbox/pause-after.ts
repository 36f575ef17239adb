import { backoffMs } from '@xmtp-messaging/errors';

/** A failed attempt, this one included in the counts. */
export interface FailedAttempt {
  /** All failures of the message. */
  failures: number;
  /** Refusals in a row, and how many of them are final; `null` when this one was none. */
  refusals: { count: number; final: number } | null;
  /** What the agent asked for, milliseconds. */
  retryAfterMs?: number | undefined;
  maxAttempts: number;
  /** Milliseconds. */
  baseMs: number;
  random: () => number;
}

/** By default twenty attempts, doubling from a second up to this, take about half an hour. */
const longestPauseMs = 180_000;
/** The longest wish that is granted. */
const longestWishMs = 3_600_000;

/** The pause before the next attempt, milliseconds; `null` when there shall be none. */
export function pauseAfter(attempt: FailedAttempt): number | null {
  const { failures, refusals, retryAfterMs = 0, maxAttempts, baseMs, random } = attempt;
  if (failures >= maxAttempts || (refusals !== null && refusals.count >= refusals.final)) return null;
  const pause = backoffMs(failures, { baseMs, maxMs: Math.max(baseMs, longestPauseMs), random });
  return Math.max(pause, Math.min(retryAfterMs, longestWishMs));
}
