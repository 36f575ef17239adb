import { expect, test } from 'vitest';
import { createGovernorCore, type GovernorCore } from './create-governor-core.ts';
import { productionNetworkLimits, sdkCallsPerMinute } from './limits.ts';
import type { CallClass, Cost } from './types.ts';

const second = 1_000;
const minute = 60 * second;
const read: Cost = { reads: 1, writes: 0 };

/** Calls of one class that want to begin as fast as they can. */
function flood(
  core: GovernorCore,
  options: { client?: ReturnType<GovernorCore['client']>; kind: CallClass; cost: Cost; ms: number; perMs?: number },
) {
  const { client = core.client(), kind, cost, ms, perMs = 1 } = options;
  const times: number[] = [];
  for (let now = 0; now < ms; now += 1) {
    for (let n = 0; n < perMs; n += 1) {
      const call = { client, class: kind, cost };
      if (core.turn(call, now).at > now) break;
      core.begin(call, now);
      core.settle(call, cost, now);
      times.push(now);
    }
  }
  return { times, client };
}

function mostInAMinute(times: readonly number[], each = 1): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last += 1) {
    while (times[last]! - times[first]! >= minute) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most * each;
}

test('no minute ever holds more calls than the SDK lets through', () => {
  const { times } = flood(createGovernorCore({ limits: null, random: () => 0 }), {
    kind: 'send',
    cost: read,
    ms: 3 * minute,
  });
  expect(mostInAMinute(times)).toBeLessThanOrEqual(sdkCallsPerMinute);
  expect(times.length).toBeGreaterThan(2 * sdkCallsPerMinute);
});

test('a load just above the limit never stands still', () => {
  const core = createGovernorCore({ limits: null, random: () => 0 });
  const client = core.client();
  let last = 0;
  let gap = 0;
  let waiting = 0;
  for (let now = 0; now < 5 * minute; now += 10) {
    // 20 in and 20 out a second are 84 calls; what waits is gathered, so that the queue does not grow without end.
    if (now % 12 < 10) waiting = Math.min(waiting + 1, 500);
    const call = { client, class: 'send' as const, cost: read };
    if (waiting === 0 || core.turn(call, now).at > now) continue;
    core.begin(call, now);
    core.settle(call, read, now);
    waiting -= 1;
    gap = Math.max(gap, now - last);
    last = now;
  }
  expect(gap).toBeLessThan(second);
});

test('a storm of strangers leaves nine tenths of each minute to others', () => {
  const core = createGovernorCore({ limits: productionNetworkLimits, random: () => 0 });
  const client = core.client();
  const { times } = flood(core, { client, kind: 'stranger', cost: { reads: 8, writes: 0 }, ms: minute });
  expect(mostInAMinute(times, 8)).toBeLessThanOrEqual(600);
  const at = minute;
  expect(core.turn({ client, class: 'stranger', cost: { reads: 8, writes: 0 } }, at).at).toBeGreaterThan(at);
  expect(core.turn({ client, class: 'receive', cost: read }, at)).toEqual({ at, why: null });
  expect(core.turn({ client, class: 'send', cost: read }, at)).toEqual({ at, why: null });
});

test('ten calls for each of 600 new recipients a minute are more than there is: it says when there will be more', () => {
  const core = createGovernorCore({ limits: productionNetworkLimits, random: () => 0 });
  const cost = { reads: 7, writes: 3 };
  const { times, client } = flood(core, { kind: 'send', cost, ms: 10 * minute });
  expect(mostInAMinute(times, 10)).toBeLessThanOrEqual(sdkCallsPerMinute);
  expect(times.length * 3).toBeLessThanOrEqual(3_000 + 9 * 600);
  const turn = core.turn({ client, class: 'send', cost }, times.at(-1)! + 1);
  expect(turn.at).toBeGreaterThan(times.at(-1)!);
});
