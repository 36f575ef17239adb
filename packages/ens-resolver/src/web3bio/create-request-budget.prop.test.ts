import { fc, test } from '@fast-check/vitest';
import { createManualClock } from '@xmtp-messaging/testing';
import { expect } from 'vitest';
import { createRequestBudget } from './create-request-budget.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 200);
const step = fc.record({ advance: fc.nat(3_000), patience: fc.nat(20_000), release: fc.boolean() });

test.prop([fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 6 })], { numRuns })(
  'no window ever holds more starts than the budget',
  (steps, requests) => {
    const clock = createManualClock(0);
    const budget = createRequestBudget({ requests, intervalMs: 1_000, now: () => clock.now() });
    const starts: number[] = [];
    for (const { advance, patience, release } of steps) {
      clock.advance(advance);
      const turn = budget.reserve(patience);
      if (!turn.ok) {
        expect(turn.retryAfterMs).toBeGreaterThan(patience);
        continue;
      }
      expect(turn.waitMs).toBeLessThanOrEqual(patience);
      if (release) turn.release();
      else starts.push(clock.now() + turn.waitMs);
    }
    const sorted = starts.toSorted((a, b) => a - b);
    for (const [index, start] of sorted.entries()) {
      expect((sorted[index + requests] ?? Number.POSITIVE_INFINITY) - start).toBeGreaterThanOrEqual(1_000);
    }
  },
);
