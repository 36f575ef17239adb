import { expect, test } from 'vitest';
import { watchProgress } from './watch-progress.ts';

test('a stall calls for fair weather first, and is a failure only if it goes on', async () => {
  const stalls: string[] = [];
  const { signal } = new AbortController();
  const watch = watchProgress({
    progress: () => 7,
    patienceMs: 20,
    everyMs: 1,
    onStall: () => stalls.push('stall'),
    signal,
  });
  await expect(watch).rejects.toThrow('Nothing was accepted');
  expect(stalls).toEqual(['stall']);
});

test('as long as something moves, nothing is said', async () => {
  let progress = 0;
  const stop = new AbortController();
  await watchProgress({
    progress: () => {
      progress += 1;
      if (progress >= 50) stop.abort();
      return progress;
    },
    patienceMs: 1_000,
    everyMs: 1,
    onStall: () => expect.unreachable(),
    signal: stop.signal,
  });
  expect(progress).toBeGreaterThanOrEqual(50);
});
