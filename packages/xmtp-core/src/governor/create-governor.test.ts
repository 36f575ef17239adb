import { expect, test, vi } from 'vitest';
import { callClass, callsAs } from './call-class.ts';
import { createGovernor } from './create-governor.ts';
import { productionNetworkLimits } from './limits.ts';
import { isRefusal } from './rate-limit-error.ts';
import type { CallClass, Cost } from './types.ts';

const read: Cost = { reads: 1, writes: 0 };
const call = (kind: CallClass = 'send', cost = read) => ({ class: kind, cost });

function setUp({ limits = null as typeof productionNetworkLimits | null } = {}) {
  let time = 0;
  const governor = createGovernor({ limits, now: () => time, random: () => 0 });
  return {
    governor,
    calls: governor.join(),
    pass: (ms: number) => {
      time += ms;
    },
  };
}

/** As the SDK, the reference node and our own calls word it. */
const refusals = [
  'api client at endpoint "/xmtp.mls.api.v1.MlsApi/QueryGroupMessages" has error status: \'Some resource has been exhausted\', self: "1 exceeds rate limit R192.0.2.1DEF"',
  'SubscribeGroupMessages ended with gRPC status 8: 1 exceeds rate limit R192.0.2.1DEF',
  '/xmtp.mls.api.v1.MlsApi/SendGroupMessages: RESOURCE_EXHAUSTED',
];

test.each(refusals)('a refusal is known by name: %s', async (text) => {
  const { calls, pass } = setUp();
  expect(isRefusal(new Error(text))).toBe(true);
  const refused = new Error(text);
  await expect(calls.run(call(), () => Promise.reject(refused))).rejects.toBe(refused);
  const made = vi.fn(() => Promise.resolve());
  for (const kind of ['send', 'receive', 'background'] as const) {
    await expect(calls.run(call(kind), made)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 65_000 });
  }
  expect(() => calls.check(call(), 5_000)).toThrow(/as the network takes/);
  expect([made.mock.calls.length, calls.facts().silentForMs, calls.facts().refusals]).toEqual([0, 65_000, 1]);
  pass(65_000);
  await calls.run(call(), made);
  expect([made.mock.calls.length, calls.facts().silentForMs]).toEqual([1, null]);
});

test('our own answer is no refusal, so it never makes a silence longer', async () => {
  const { calls } = setUp();
  calls.note(new Error(refusals[0]));
  for (let turn = 0; turn < 5; turn += 1) {
    const error: unknown = await calls.run(call(), () => Promise.resolve()).catch((reason: unknown) => reason);
    calls.note(error);
  }
  expect(calls.facts()).toMatchObject({ refusals: 1, silentForMs: 65_000 });
});

test('all mailboxes of a process share one budget and one silence, each has the minute of its own client', async () => {
  const { governor, calls, pass } = setUp({ limits: productionNetworkLimits });
  const other = governor.join();
  await calls.run(call('receive', { reads: 100, writes: 0 }), () => Promise.resolve());
  expect([other.facts().reads, other.facts().minute.used]).toEqual([{ left: 19_900, limit: 20_000 }, 0]);
  expect(calls.facts().minute.used).toBe(100);
  pass(1_000);
  other.note(new Error(refusals[0]));
  await expect(calls.run(call(), () => Promise.resolve())).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('what was really asked is what counts', async () => {
  const { calls, pass } = setUp({ limits: productionNetworkLimits });
  const used = () => ({ reads: 7, writes: 3 });
  await calls.run(call(), () => Promise.resolve(), used);
  pass(1_000);
  await expect(calls.run(call(), () => Promise.reject(new Error('x')), used)).rejects.toThrow('x');
  expect(calls.facts()).toMatchObject({
    calls: { reads: 14, writes: 6 },
    reads: { left: 19_986 },
    writes: { left: 2_994 },
  });
});

test('200 callers at once: each is answered or told when to come back, none is left waiting', async () => {
  const calls = createGovernor().join();
  const ask = async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        calls
          .run(call('send', { reads: 1, writes: 1 }), () => Promise.resolve('done'))
          .catch((error: { code: string; retryAfterMs: number }) => `${error.code} ${error.retryAfterMs > 0}`),
      ),
    );
    return Object.fromEntries([...Map.groupBy(answers, (answer) => answer)].map(([key, list]) => [key, list.length]));
  };
  expect(await ask()).toEqual({ done: 200 });
  calls.charge({ reads: 4_450, writes: 0 });
  expect(await ask()).toEqual({ 'RATE_LIMITED true': 200 });
  expect(calls.facts().waiting).toBe(0);
});

test('who waits is let go when the mailbox closes', async () => {
  const { calls } = setUp();
  calls.charge({ reads: 3_000, writes: 0 });
  const waiting = calls.run(call(), () => Promise.resolve());
  expect(calls.facts().waiting).toBe(1);
  calls.leave();
  await expect(waiting).rejects.toMatchObject({ code: 'CLOSED' });
});

test('the class of a call is that of the nearest work that names one', async () => {
  const kinds: CallClass[] = [];
  const ask = async () => {
    await Promise.resolve();
    kinds.push(callClass('receive'));
  };
  await callsAs('background', async () => {
    await ask();
    await callsAs('stranger', ask);
  });
  await ask();
  expect(kinds).toEqual(['background', 'stranger', 'receive']);
});
