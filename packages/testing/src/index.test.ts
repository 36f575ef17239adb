import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createManualClock, temporaryDirectory, waitFor } from './index.ts';

test('the clock moves only when told, in both directions', () => {
  const clock = createManualClock(1_000);
  clock.advance(500);
  expect(clock.now()).toBe(1_500);
  clock.advance(-700);
  expect(clock.now()).toBe(800);
});

test('temporary directories are private', async () => {
  const { mode } = await stat(await temporaryDirectory());
  expect(mode & 0o777).toBe(0o700);
});

test('waitFor returns what the probe found, or names what never came', async () => {
  let calls = 0;
  expect(await waitFor(() => (++calls === 3 ? 'here' : undefined), { intervalMs: 1 })).toBe('here');
  await expect(waitFor(() => false, { timeoutMs: 5, intervalMs: 1, what: 'the bell' })).rejects.toThrow('the bell');
});
