import { createSeededRandom } from '@xmtp-messaging/errors';
import { expect, test } from 'vitest';
import { raiseStorm } from './raise-storm.ts';

test('troubles overlap, none runs twice at once, and all have ended when the storm has', async () => {
  const stop = new AbortController();
  const running = new Set<string>();
  let most = 0;
  let begun = 0;
  const troubles = ['kill', 'fault', 'mood'].map((name) => ({
    name,
    begin: async () => {
      expect(running.has(name)).toBe(false);
      running.add(name);
      most = Math.max(most, running.size);
      begun += 1;
      if (begun === 40) stop.abort();
      return async () => void running.delete(name);
    },
  }));
  await raiseStorm({
    troubles,
    random: createSeededRandom(1),
    calmMs: 2,
    lastsMs: 6,
    signal: stop.signal,
    onTrouble: () => {},
  });
  expect(begun).toBeGreaterThanOrEqual(40);
  expect(most).toBeGreaterThan(1);
  expect(running.size).toBe(0);
});

test('a trouble that cannot begin is not swallowed', async () => {
  const stop = new AbortController();
  const troubles = [{ name: 'kill', begin: () => Promise.reject(new Error('no such process')) }];
  const storm = raiseStorm({
    troubles,
    random: createSeededRandom(1),
    calmMs: 1,
    signal: stop.signal,
    onTrouble: () => {},
  });
  await expect(storm).rejects.toThrow('no such process');
});
