import { expect, test } from 'vitest';
import { createQuotas } from '../limits/create-quotas.ts';
import { createStore } from '../store/create-store.ts';
import { createNetworkClock } from './create-network-clock.ts';
import { createTimeMachine } from './create-time-machine.ts';

const minute = 60_000;

function start() {
  const wall = { ms: 1_000_000 };
  const clock = createNetworkClock(() => wall.ms);
  const store = createStore({ now: clock.now });
  const quotas = createQuotas({ limits: { reads: { perMinute: 2, burst: 3 } }, now: clock.steady });
  const seen: number[] = [];
  const time = createTimeMachine({ store, clock, quotas, onClockSet: () => seen.push(clock.now()) });
  /** How many calls pass, one after the other. */
  const left = () => {
    for (let passed = 0; ; passed += 1) {
      try {
        quotas.take({ method: 'QueryGroupMessages', address: 'a' });
      } catch {
        return passed;
      }
    }
  };
  return { wall, clock, quotas, time, left, seen };
}

test('what limits leave is what it was, and fills as it would have', () => {
  const { quotas, time, left, wall } = start();
  quotas.take({ method: 'QueryGroupMessages', address: 'a' });
  const id = time.snapshot();
  expect(left()).toBe(2);
  time.advance(60 * minute);
  expect(left()).toBe(3);
  time.revert(id);
  expect(left()).toBe(2);
  wall.ms += minute;
  // Not an hour later, when the last call was that has been taken back.
  expect(left()).toBe(2);
});

test('the clock goes back, and whoever watches it is told each time', () => {
  const { clock, time, seen } = start();
  const early = time.snapshot();
  time.advance(minute);
  const late = time.snapshot();
  time.advance(minute);
  time.revert(late);
  expect(clock.advancedMs()).toBe(minute);
  time.revert(early);
  expect(clock.advancedMs()).toBe(0);
  expect(seen).toEqual([60_000, 120_000, 60_000, 0].map((ms) => ms + 1_000_000));
  expect(() => time.revert(late)).toThrow(/no such snapshot/i);
});
