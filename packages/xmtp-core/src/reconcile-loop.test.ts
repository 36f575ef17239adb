import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createReconcileLoop, type ReconcileLoopOptions } from './reconcile-loop.ts';

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

test('with a bell it is seldom', () => {
  expect(setUp({ isBellUp: () => true }).loop.intervalMs()).toBe(15_000);
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
    isBellUp: () => true,
    withBellMs: 5,
    attempt: () => Promise.reject(new Error('away')),
  });
  await waitFor(() => calls.length >= 3);
  expect(new Set(calls)).toEqual(new Set(['away']));
  await loop.stop(1_000);
});
