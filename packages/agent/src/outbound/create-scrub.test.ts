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
