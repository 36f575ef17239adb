import { expect, test } from 'vitest';
import { addResults, isClean, noFindings, type Result } from './add-results.ts';

const result = (change: Partial<Result> = {}): Result => ({
  accepted: 10,
  delivered: 10,
  lost: 0,
  duplicateSends: 0,
  redeliveries: 2,
  wrongOrder: 0,
  phones: 1,
  unread: 0,
  readByLost: 0,
  ...noFindings(),
  troubles: { kills: 1 },
  ...change,
});

test('counts add up, those of troubles each by itself', () => {
  const sum = addResults(result(), result({ strangers: 7, troubles: { kills: 2, clock: 1 } }));
  expect(sum).toMatchObject({ accepted: 20, redeliveries: 4, strangers: 7, troubles: { kills: 3, clock: 1 } });
});

test('repeated deliveries, strangers who wrote and troubles are clean', () => {
  expect(isClean(result({ strangers: 7, backlog: 9 }))).toBe(true);
});

test.each([
  'lost',
  'duplicateSends',
  'wrongOrder',
  'unread',
  'readByLost',
  'strangersHeard',
  'untold',
  'contradictions',
  'unrecovered',
  'deaf',
] as const)('%s is not', (key) => {
  expect(isClean(result({ [key]: 1 }))).toBe(false);
});
