import type { DeliveryOutcome } from './deliver-types.ts';

type Kind = DeliveryOutcome['kind'];
type OutcomeOf = { [K in Kind]: (said: Readonly<Record<string, unknown>>) => Extract<DeliveryOutcome, { kind: K }> };

const outcomes: OutcomeOf = {
  delivered: () => ({ kind: 'delivered' }),
  failed: ({ error, retryAfterMs }) => ({
    kind: 'failed',
    error: wordsOf(error),
    retryAfterMs: retryAfterMs === undefined ? undefined : msOf(retryAfterMs),
  }),
  refused: ({ error, attempts }) => ({
    kind: 'refused',
    error: wordsOf(error),
    attempts: Number.isSafeInteger(attempts) ? Number(attempts) : 1,
  }),
  dead: ({ error }) => ({ kind: 'dead', error: wordsOf(error) }),
  postponed: ({ reason, waitMs }) => ({ kind: 'postponed', reason: wordsOf(reason), waitMs: msOf(waitMs) }),
  gone: ({ error }) => ({ kind: 'gone', error: wordsOf(error) }),
};

/** Pause where a handler gave none that can be waited for, milliseconds. */
const pauseMs = 60_000;
/** A day; a longer pause is asked for again. */
const longestMs = 86_400_000;

/**
 * What a handler returned, as an outcome. One that resolves has taken the message, whatever it returns; but what says a `kind`
 * says something of the message, and a kind that nobody knows is no word of having taken it.
 */
export function readOutcome(returned: unknown): DeliveryOutcome {
  if (typeof returned !== 'object' || returned === null || !('kind' in returned)) return { kind: 'delivered' };
  const { kind } = returned;
  if (typeof kind === 'string' && Object.hasOwn(outcomes, kind)) return outcomes[kind as Kind](returned);
  return { kind: 'failed', error: `the handler returned a kind of outcome that is none of ${known}` };
}

const known = Object.keys(outcomes).join(', ');

function wordsOf(error: unknown): string {
  return typeof error === 'string' ? error : 'the handler gave no reason';
}

function msOf(ms: unknown): number {
  if (typeof ms !== 'number' || Number.isNaN(ms)) return pauseMs;
  return Math.min(Math.max(0, ms), longestMs);
}
