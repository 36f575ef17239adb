import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { rateLimited } from './governor/rate-limit-error.ts';
import { createReconcileLoop, type ReconcileLoopOptions } from './create-reconcile-loop.ts';

function setUp(options: Partial<ReconcileLoopOptions>) {
  const calls: string[] = [];
  const loop = createReconcileLoop({
    attempt: async () => ({ news: false }),
    isBellUp: () => false,
    onSuccess: () => calls.push('success'),
    onFailure: (error) => calls.push((error as Error).message),
    random: () => 0.5,
    withBellMs: 15_000,
    ...options,
  });
  loop.start();
  onTestFinished(() => loop.stop(0));
  return { loop, calls };
}

test('without a bell it slows from 2 to 10 seconds while nothing happens, and is fast again after news', async () => {
  let news = false;
  const { loop } = setUp({ attempt: async () => ({ news }) });
  expect(loop.intervalMs()).toBe(2_000);
  for (let turn = 0; turn < 5; turn += 1) await loop.now();
  expect(loop.intervalMs()).toBe(10_000);
  news = true;
  await loop.now();
  expect(loop.intervalMs()).toBe(2_000);
});

test('with a bell it is seldom once an attempt has succeeded, and soon again when something was missed', async () => {
  const urgency: boolean[] = [];
  const attempt = async ({ urgent }: { urgent: boolean }) => {
    urgency.push(urgent);
    return { news: false };
  };
  const { loop } = setUp({ isBellUp: () => true, attempt });
  await loop.now();
  expect(loop.intervalMs()).toBe(15_000);
  loop.missed();
  expect(loop.intervalMs()).toBe(2_000);
  await loop.now();
  await loop.now();
  expect(urgency).toEqual([true, true, false]);
});

test('what is not urgent waits for its beat, what becomes urgent does not', async () => {
  let attempts = 0;
  const attempt = async () => {
    attempts += 1;
    return { news: false };
  };
  const beat = (signal: AbortSignal) =>
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  const { loop } = setUp({ isBellUp: () => true, withBellMs: 1, attempt, beat });
  await loop.now();
  await waitFor(() => loop.intervalMs() > 15_000);
  expect(attempts).toBe(1);
  loop.missed();
  await waitFor(() => attempts === 2, { timeoutMs: 4_000 });
});

test('while no call is allowed the next attempt is not due before', async () => {
  const error = rateLimited(70_000);
  const { loop } = setUp({ isBellUp: () => true, attempt: () => Promise.reject(error) });
  await loop.now();
  expect(loop.intervalMs()).toBe(70_000);
});

test('whoever asks during an attempt gets one that began afterwards', async () => {
  let started = 0;
  const gates: (() => void)[] = [];
  const { loop } = setUp({
    async attempt() {
      started += 1;
      await new Promise<void>((resolve) => gates.push(resolve));
      return { news: false };
    },
  });
  const first = loop.now();
  const second = loop.now();
  expect(started).toBe(1);
  gates[0]!();
  await first;
  await waitFor(() => started === 2);
  gates[1]!();
  await second;
});

test('an attempt that hangs is a failure, and no other is started beside it', async () => {
  let started = 0;
  let finish = (): void => undefined;
  const { loop, calls } = setUp({
    timeoutMs: 10,
    async attempt() {
      started += 1;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { news: false };
    },
  });
  const attempt = loop.now();
  await waitFor(() => calls.length === 1);
  expect([started, calls[0]]).toEqual([1, 'The sync has not ended after 10 ms.']);
  finish();
  await attempt;
  expect(calls.at(-1)).toBe('success');
});

test('a failed attempt is told and the loop goes on by itself', async () => {
  const { loop, calls } = setUp({
    fastestMs: 5,
    attempt: () => Promise.reject(new Error('away')),
  });
  await waitFor(() => calls.length >= 3);
  expect(new Set(calls)).toEqual(new Set(['away']));
  await loop.stop(1_000);
});
