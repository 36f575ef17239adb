import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { readOutcome } from './read-outcome.ts';

const kinds = ['delivered', 'failed', 'refused', 'dead', 'postponed', 'gone'];
const anyFields = { error: fc.anything(), reason: fc.anything(), retryAfterMs: fc.anything(), waitMs: fc.anything() };
const known = fc.record(
  { kind: fc.constantFrom(...kinds), attempts: fc.anything(), ...anyFields },
  { requiredKeys: ['kind'] },
);

test.prop([fc.anything().filter((value) => !(typeof value === 'object' && value !== null && 'kind' in value))])(
  'a handler that resolves has taken the message, whatever it returns',
  (returned) => {
    expect(readOutcome(returned)).toEqual({ kind: 'delivered' });
  },
);

test.prop([fc.anything()])('a kind that nobody knows is a failed attempt, never a lost message', (kind) => {
  fc.pre(!kinds.includes(kind as string));
  expect(readOutcome({ kind })).toEqual({ kind: 'failed', error: expect.stringContaining('postponed') });
});

test.prop([known])('every outcome has words and pauses that can be kept', (returned) => {
  const outcome = readOutcome(returned);
  expect(outcome.kind).toBe(returned.kind);
  const { error, reason, waitMs, retryAfterMs = 0, attempts = 1 } = outcome as Record<string, unknown>;
  for (const words of [error, reason]) expect(['string', 'undefined']).toContain(typeof words);
  if (outcome.kind === 'postponed') expect(waitMs).toBeGreaterThanOrEqual(0);
  for (const ms of [waitMs ?? 0, retryAfterMs]) expect(ms).toBeLessThanOrEqual(86_400_000);
  expect(attempts).toSatisfy(Number.isSafeInteger);
});
