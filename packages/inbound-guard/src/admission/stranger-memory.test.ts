import { expect, test } from 'vitest';
import { createStrangerBudget } from './create-stranger-budget.ts';

/** A budget of three messages for each half, never filled again: what is left to whom shows who is remembered. */
function budgetOf(capacity: number, memoryMs = 1_000) {
  const budget = createStrangerBudget({ limit: { burst: 6, perSecond: 1e-9 }, memoryMs, capacity });
  return (sender: string, now = 0) => {
    const take = budget.take(sender, now);
    take?.();
    return take !== null;
  };
}

/** First messages of others, until nobody who is new is heard. */
function fillFirst(write: (sender: string, now?: number) => boolean, now = 0) {
  for (let count = 0; count < 10; count += 1) write(`new${count}`, now);
  expect(write('one more', now)).toBe(false);
}

test('who was heard has a half of its own, until it is forgotten', () => {
  const write = budgetOf(100);
  expect(write('alice')).toBe(true);
  fillFirst(write);
  expect(write('alice', 999)).toBe(true);
});

test('a memory that is too old counts for nothing', () => {
  const write = budgetOf(100);
  write('alice');
  fillFirst(write, 1_000);
  expect(write('alice', 1_000)).toBe(false);
});

test.each([
  ['the last of them are remembered', 7, true],
  ['those before are not', 6, false],
])('of more strangers than fit %s', (_what, place, isHeard) => {
  const budget = createStrangerBudget({ limit: { burst: 12, perSecond: 1e-9 }, memoryMs: 1_000, capacity: 2 });
  // Six first messages, and three of the other half down to its middle; then nobody new is heard.
  const heard = Array.from({ length: 10 }, (_, index) => {
    const take = budget.take(`n${index}`, 0);
    take?.();
    return take !== null;
  });
  expect(heard).toEqual([...Array(9).fill(true), false]);
  expect(budget.take(`n${place}`, 0) !== null).toBe(isHeard);
});
