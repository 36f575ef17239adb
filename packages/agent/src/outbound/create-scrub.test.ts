import { createBoundary } from '@xmtp-messaging/inbound-guard';
import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { silent } from '../silent.ts';
import { createScrub } from './create-scrub.ts';

test('a secret that was exchanged while the program runs leaves no more than the one before it, and is read once a second', () => {
  const clock = createManualClock();
  let secrets = ['kQ3vJ8mTz0LrX2Ns'];
  let reads = 0;
  const scrub = createScrub({
    boundary: createBoundary(),
    secrets: () => {
      reads += 1;
      return secrets;
    },
    modelTokens: [],
    isOn: false,
    logger: silent,
    now: () => clock.now(),
  });
  const isTaken = (text: string) => scrub(`it is ${text}`).scrubbed.length === 1;
  expect([isTaken('kQ3vJ8mTz0LrX2Ns'), isTaken('wP4xL9nUa1MsY3Ot')]).toEqual([true, false]);
  secrets = ['wP4xL9nUa1MsY3Ot', ...secrets];
  for (let count = 0; count < 10; count += 1) scrub('nothing');
  expect(reads).toBe(1);
  clock.advance(1000);
  expect([isTaken('kQ3vJ8mTz0LrX2Ns'), isTaken('wP4xL9nUa1MsY3Ot'), reads]).toEqual([true, true, 2]);
});

test('what the guard makes of the secrets is made once, however often they are read', () => {
  const clock = createManualClock();
  let made = 0;
  let words = ['kQ3vJ8mTz0LrX2Ns'];
  const scrub = createScrub({
    boundary: createBoundary(),
    // Another array each time, as whoever reads files gives it.
    secrets: () => {
      const list = [...words];
      const flatMap: typeof list.flatMap = (...parameters) => {
        made += 1;
        return Array.prototype.flatMap.apply(list, parameters as never) as never;
      };
      return Object.assign(list, { flatMap });
    },
    modelTokens: [],
    isOn: true,
    logger: silent,
    now: () => clock.now(),
  });
  for (let second = 0; second < 5; second += 1) {
    expect(scrub('it is kQ3vJ8mTz0LrX2Ns').scrubbed).toHaveLength(1);
    clock.advance(1000);
  }
  expect(made).toBe(1);
  words = ['wP4xL9nUa1MsY3Ot'];
  expect(scrub('it is wP4xL9nUa1MsY3Ot').scrubbed).toHaveLength(1);
  expect(made).toBe(2);
});
