import { expect, test } from 'vitest';
import { type Caller, createFaults } from '../faults/create-faults.ts';
import type { FaultPlan } from '../faults/fault-plan-schema.ts';
import { disturbStream } from './disturb-stream.ts';

const caller: Caller = { peer: '', appVersion: null, installationIds: new Set() };

async function run(plan: FaultPlan): Promise<number[]> {
  const events = (async function* () {
    for (let value = 1; value <= 6; value++) yield Uint8Array.of(value);
  })();
  const faults = createFaults({ plan, now: Date.now });
  const signal = new AbortController().signal;
  const received: number[] = [];
  const stream = disturbStream({ events, faults, caller, method: 'SubscribeGroupMessages', signal });
  for await (const [value] of stream) received.push(value!);
  return received;
}

test.each([
  { plan: {}, expected: [1, 2, 3, 4, 5, 6] },
  { plan: { streams: [{ swallowEvery: 2 }] }, expected: [1, 3, 5] },
  { plan: { streams: [{ swallowEvery: 1 }] }, expected: [] },
  { plan: { streams: [{ reorderEvery: 3 }] }, expected: [1, 2, 4, 3, 5] },
  { plan: { streams: [{ method: 'SubscribeWelcomeMessages', swallowEvery: 1 }] }, expected: [1, 2, 3, 4, 5, 6] },
])('$plan delivers $expected', async ({ plan, expected }) => {
  expect(await run(plan)).toEqual(expected);
});
