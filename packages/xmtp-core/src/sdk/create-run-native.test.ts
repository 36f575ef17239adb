import { expect, test } from 'vitest';
import { createDirections } from '../health/create-directions.ts';
import { createGovernor } from '../governor/create-governor.ts';
import { createRunNative } from './create-run-native.ts';
import { nativeCalls } from './native-calls.ts';

test('a question beside the SDK that fails says nothing of sending, which the look of the SDK does', async () => {
  const directions = createDirections(() => 1_000);
  const run = createRunNative({
    calls: createGovernor().join(),
    meter: { take: () => ({ reads: 0, writes: 0 }) },
    onCall: (work, error) => directions.note(work, error),
  });
  const fails = () => Promise.reject(new Error('the network is away'));
  await run(nativeCalls.refreshMembers, () => Promise.resolve(), 'dm');
  // The network is back when the SDK looks by itself, and nobody may ever ask again.
  await run(nativeCalls.askMembers, fails).catch(() => undefined);
  expect(directions.status().sending.state).toBe('ok');
  await run(nativeCalls.refreshMembers, fails, 'dm').catch(() => undefined);
  expect(directions.status().sending.state).toBe('failing');
});

test('a call that began before another and fails after that succeeded says nothing about now', async () => {
  const directions = createDirections(() => 1_000);
  const run = createRunNative({
    calls: createGovernor().join(),
    meter: { take: () => ({ reads: 0, writes: 0 }) },
    onCall: (work, error) => directions.note(work, error),
  });
  const answer = Promise.withResolvers<never>();
  const early = run(nativeCalls.refreshMembers, () => answer.promise, 'dm').catch(() => undefined);
  await run(nativeCalls.refreshMembers, () => Promise.resolve(), 'dm');
  answer.reject(new Error('the network was away'));
  await early;
  expect(directions.status().sending).toMatchObject({ state: 'ok', error: null });
  expect(directions.isClear()).toBe(true);
  await run(nativeCalls.refreshMembers, () => Promise.reject(new Error('the network is away')), 'dm').catch(
    () => undefined,
  );
  expect(directions.status().sending.state).toBe('failing');
});

test('a call that fails after one that began earlier succeeded is a failure of now', async () => {
  const directions = createDirections(() => 1_000);
  const run = createRunNative({
    calls: createGovernor().join(),
    meter: { take: () => ({ reads: 0, writes: 0 }) },
    onCall: (work, error) => directions.note(work, error),
  });
  const answer = Promise.withResolvers<never>();
  const early = run(nativeCalls.refreshMembers, () => Promise.resolve(), 'dm');
  const late = run(nativeCalls.refreshMembers, () => answer.promise, 'dm').catch(() => undefined);
  await early;
  answer.reject(new Error('the network is away'));
  await late;
  expect(directions.status().sending.state).toBe('failing');
});
