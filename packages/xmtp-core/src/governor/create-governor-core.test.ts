import { createQuotas, productionLimits } from '@xmtp-messaging/devnet';
import { createSeededRandom } from '@xmtp-messaging/errors';
import { expect, test } from 'vitest';
import { createGovernorCore } from './create-governor-core.ts';
import { productionNetworkLimits } from './limits.ts';
import type { CallClass, Cost } from './types.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const step = 5 * second;
const read: Cost = { reads: 1, writes: 0 };

/** The node, asked through the governor of one process; refused calls are repeated as the SDK repeats them. */
function createProcess(node: ReturnType<typeof createNode>, seed: number) {
  const core = createGovernorCore({ limits: productionNetworkLimits, random: createSeededRandom(seed) });
  const one = core.client();
  const ask = (kind: CallClass, cost: Cost, now: number, client = one): boolean => {
    const call = { client, class: kind, cost };
    const { at } = core.turn(call, now);
    // The simulation takes steps; within one, calls follow each other at their pace.
    if (at - now >= step) return false;
    core.begin(call, at);
    const answered = node.take(cost, at);
    if (!answered) core.refused(now);
    core.settle(call, answered ? cost : { reads: cost.reads * 6, writes: cost.writes * 6 }, now);
    return answered;
  };
  return { core, client: one, ask };
}

function createNode() {
  let now = 0;
  let refused = 0;
  const quotas = createQuotas({ limits: productionLimits, now: () => now });
  const one = (method: string) => {
    try {
      quotas.take({ method, address: '192.0.2.1' });
      return true;
    } catch {
      refused += 1;
      return false;
    }
  };
  return {
    take({ reads, writes }: Cost, time: number) {
      now = Math.max(now, time);
      let ok = true;
      // The SDK tries six times before it tells.
      for (let n = 0; n < reads; n += 1) for (let turn = 0; turn < 6 && !(ok = one('QueryGroupMessages')); turn += 1);
      for (let n = 0; n < writes; n += 1) for (let turn = 0; turn < 6 && !(ok = one('SendGroupMessages')); turn += 1);
      return ok;
    },
    refused: () => refused,
  };
}

/** What a mailbox does while nothing happens: each of these waits for a beat after its interval. */
const idleWork = [
  { everyMs: 15 * second, reads: 6 },
  { everyMs: 5 * minute, reads: 3 },
  { everyMs: 10 * minute, reads: 3 },
];

function simulate(options: {
  processes: number;
  mailboxes: number;
  conversations: number;
  days: number;
  /** Another mailbox of the process is written to every five seconds. @default false */
  busy?: boolean;
  node?: ReturnType<typeof createNode>;
}) {
  const { node = createNode(), days, busy = false } = options;
  const share = Math.min(200, Math.ceil(options.conversations / 3));
  const random = createSeededRandom(7);
  const mailboxes = Array.from({ length: options.processes }, (_, seed) => createProcess(node, seed + 1)).flatMap(
    (process) =>
      Array.from({ length: options.mailboxes }, () => ({
        process,
        client: process.core.client(),
        startAt: Math.floor(random() * 10 * minute),
        work: idleWork.map(({ everyMs, reads }) => ({ everyMs, reads, since: 0, lastAt: 0 })),
      })),
  );
  const asleep = new Map<object, number>();
  let longestDeaf = 0;
  let idleCalls = 0;
  const end = days * 24 * hour;
  for (let now = 0; now < end; now += step) {
    // One whose traffic never pauses, in the same process.
    if (busy) mailboxes[0]!.process.ask('receive', read, now);
    for (const { process, client, startAt, work } of mailboxes) {
      if (now < startAt || now < (asleep.get(client) ?? 0)) continue;
      for (const item of work) {
        if (now - item.lastAt < item.everyMs) continue;
        if (item.since === 0) item.since = now;
        const at = process.core.beatAt(client, item.since, now);
        if (at > now) {
          // Nothing else happens here that could open a beat before.
          if (at - now > 30 * second && !busy) asleep.set(client, at - step);
          continue;
        }
        const reads = item.reads + (item.reads === 6 ? share : 0);
        if (!process.ask('background', { reads, writes: 0 }, now, client)) continue;
        idleCalls += reads;
        if (item.reads === 6 && item.lastAt > 0) longestDeaf = Math.max(longestDeaf, now - item.lastAt);
        Object.assign(item, { lastAt: now, since: 0 });
      }
    }
  }
  const perMinute = idleCalls / mailboxes.length / (end / minute);
  return { refused: node.refused(), longestDeaf, perMinute, left: mailboxes[0]!.process.core.facts(end).reads!.left };
}

test('an idle mailbox lives through a week without one refusal, whatever the number of conversations', () => {
  for (const conversations of [3, 100_000]) {
    const { refused, longestDeaf, left } = simulate({ processes: 1, mailboxes: 1, conversations, days: 7 });
    expect([refused, left > 15_000, longestDeaf < 20 * minute]).toEqual([0, true, true]);
  }
});

test.each([1, 50, 200])('an idle mailbox of %i asks less than once a minute', (mailboxes) => {
  const { perMinute, longestDeaf } = simulate({ processes: 1, mailboxes, conversations: 3, days: 1 });
  expect([perMinute < 1, longestDeaf < 21 * minute]).toEqual([true, true]);
});

test.each([50, 200])('and so it does when another of %i in its process is busy all the time', (mailboxes) => {
  const { perMinute, left } = simulate({ processes: 1, mailboxes, conversations: 3, days: 1 / 24, busy: true });
  expect([perMinute < 1, left > 0]).toEqual([true, true]);
});

test('so do fifty mailboxes of one process, which share their silences', () => {
  const { refused, longestDeaf } = simulate({ processes: 1, mailboxes: 50, conversations: 30, days: 7 });
  expect([refused, longestDeaf < 20 * minute]).toEqual([0, true]);
});

test('and fifty processes behind one address, which know nothing of each other', () => {
  const { refused, longestDeaf } = simulate({ processes: 50, mailboxes: 1, conversations: 3, days: 7 });
  expect([refused, longestDeaf < 20 * minute]).toEqual([0, true]);
});

test('fifty processes that find the budget empty go silent until all have calls again', () => {
  const node = createNode();
  for (let n = 0; n < 4; n += 1) node.take({ reads: 5_000, writes: 0 }, 0);
  expect(node.take(read, 0)).toBe(false);
  const { longestDeaf } = simulate({ processes: 50, mailboxes: 1, conversations: 3, days: 2, node });
  expect(longestDeaf).toBeLessThan(2 * hour);
  expect(node.take({ reads: 100, writes: 0 }, 2 * 24 * hour + minute)).toBe(true);
});

test('a busy mailbox takes its silences before the node refuses, and goes on', () => {
  const node = createNode();
  const { core, ask } = createProcess(node, 1);
  let done = 0;
  for (let now = 0; now < 24 * hour; now += 500) if (ask('receive', read, now)) done += 1;
  expect(node.refused()).toBe(0);
  // More than half of what the limiter could ever give a caller that takes turns with silence.
  expect(done).toBeGreaterThan(90_000);
  expect(core.facts(24 * hour).refusals).toBe(0);
});

test('after a refusal there is no call of any class for more than a minute, then one that tries', () => {
  const core = createGovernorCore({ limits: null, random: () => 0 });
  const client = core.client();
  const call = (kind: CallClass) => ({ client, class: kind, cost: read });
  core.begin(call('receive'), 0);
  core.refused(0);
  core.settle(call('receive'), read, 0);
  for (const kind of ['send', 'receive', 'stranger', 'background'] as const) {
    expect(core.turn(call(kind), 1)).toEqual({ at: 65_000, why: 'refused' });
  }
  expect(core.beatAt(client, 0, 1)).toBe(65_000);
  expect(core.facts(1).silentForMs).toBe(64_999);
  expect(core.turn(call('send'), 65_000).why).toBeNull();
  core.begin(call('send'), 65_000);
  expect(core.turn(call('send'), 65_001).why).toBe('refused');
  core.settle(call('send'), read, 65_002);
  expect(core.turn(call('send'), 65_003).why).toBeNull();
});

test('refused again, the silence doubles up to half an hour; calls under way are no further refusals', () => {
  const core = createGovernorCore({ limits: null, random: () => 0 });
  const lengths: number[] = [];
  let now = 0;
  for (let turn = 0; turn < 7; turn += 1) {
    core.refused(now);
    core.refused(now);
    lengths.push(core.facts(now).silentForMs! / second);
    now += core.facts(now).silentForMs!;
  }
  expect(lengths).toEqual([65, 130, 260, 520, 1_040, 1_800, 1_800]);
});
