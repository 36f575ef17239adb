import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createPatience } from './create-patience.ts';

test('it lasts for its time, and with a clock that stands for a number of looks', async () => {
  const clock = createManualClock(1_000);
  // Half of nothing: no look waits.
  const options = { limitMs: 100, elapsed: () => clock.now(), random: () => -1 };
  const patience = createPatience(options);
  expect([await patience(), await patience()]).toEqual([true, true]);
  clock.advance(100);
  expect([await patience(), await patience()]).toEqual([false, false]);
  const still = createPatience(options);
  let looks = 0;
  while (await still()) looks += 1;
  expect(looks).toBe(100);
});
