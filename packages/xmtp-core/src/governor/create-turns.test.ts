import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGovernor } from './create-governor.ts';
import type { CallClass, GovernedCalls } from './types.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A client that has used more than half of its minute, so that further calls wait for their turn. */
function setUp() {
  const governor = createGovernor({ now: () => Date.now(), random: () => 0 });
  const join = () => {
    const calls = governor.join();
    calls.charge({ reads: 3_000, writes: 0 });
    return calls;
  };
  const begun: string[] = [];
  const ask = (calls: GovernedCalls, kind: CallClass, count: number, name: string = kind) =>
    Array.from({ length: count }, () =>
      calls.run({ class: kind, cost: { reads: 1, writes: 0 } }, async () => void begun.push(name)),
    );
  return { join, begun, ask };
}

test('a backlog that is read holds up neither what is sent nor a reply; what can wait comes last', async () => {
  const { join, begun, ask } = setUp();
  const calls = join();
  const asked = [...ask(calls, 'background', 10), ...ask(calls, 'receive', 40)];
  await vi.advanceTimersByTimeAsync(50);
  const before = begun.length;
  asked.push(...ask(calls, 'send', 5));
  await vi.advanceTimersByTimeAsync(30_000);
  await Promise.all(asked);
  expect(begun).toHaveLength(55);
  expect(begun.slice(before, before + 5)).toEqual(Array.from({ length: 5 }, () => 'send'));
  expect(begun.slice(-9)).toEqual(Array.from({ length: 9 }, () => 'background'));
});

test('one mailbox that is busy does not take the turns of another', async () => {
  const { join, begun, ask } = setUp();
  const [busy, other] = [join(), join()];
  const asked = ask(busy, 'send', 60, 'busy');
  asked.push(...ask(other, 'receive', 1, 'other'));
  await vi.advanceTimersByTimeAsync(30_000);
  await Promise.all(asked);
  expect(begun.indexOf('other')).toBeLessThan(5);
});
