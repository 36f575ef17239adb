import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createFailureLimiter } from '../http/create-failure-limiter.ts';
import type { Logger } from '../log/create-logger.ts';
import { containCrash } from './contain-crash.ts';
import { runAgent } from './run-agent.ts';

/** An agent whose settings cannot be read, and what it says of its further starts. */
function broken(baseMs: number, onSettings: () => void = () => undefined) {
  const pauses: number[] = [];
  let starts = 0;
  const now = () => 1_000_000;
  const warn = ({ event, inMs }: { event: string; inMs: number }) => {
    if (event === 'agent-restarts') pauses.push(inMs);
  };
  const slot = runAgent({
    agent: {
      name: 'ana',
      settings: async () => {
        starts += 1;
        onSettings();
        throw new Error('a part that fails');
      },
    },
    url: () => 'http://127.0.0.1:1',
    http: { host: '127.0.0.1', allowedHosts: [] },
    port: {
      isOperator: () => false,
      failures: createFailureLimiter({ free: 1, now }),
      closing: () => false,
      attempt: async (work) => await work(),
    },
    after: Promise.resolve(),
    logger: { warn, error() {} } as unknown as Logger,
    now,
    random: () => 1,
    baseMs,
  });
  return { slot, pauses, starts: () => starts };
}

test('one that cannot start is tried again and again with pauses that double, and says why meanwhile', async () => {
  const { slot, pauses, starts } = broken(2);
  slot.start();
  await waitFor(() => pauses.length >= 5);
  expect(pauses.slice(0, 5)).toEqual([2, 4, 8, 16, 32]);
  const said = { state: 'restarting', connected: false, address: null, reason: { code: 'CRASHED' } };
  expect(slot.view()).toMatchObject(said);
  expect(slot.view().restarts).toBe(starts() - 1);
  const request = new Request('http://127.0.0.1:1/agents/ana/xmtp/status');
  expect(() => slot.fetch(request, {})).toThrow('not running');
  await slot.stop({ timeoutMs: 1 });
  expect(slot.view()).toMatchObject({ state: 'stopped', nextStartAt: null, reason: null });

  // Started again by the operator, its next failure is a first one.
  const before = pauses.length;
  slot.start();
  await waitFor(() => pauses.length > before);
  expect(pauses[before]).toBe(2);
  await slot.stop({ timeoutMs: 1 });
});

test('a pause is five minutes at the most, and a stop does not wait for its end', async () => {
  const { slot, pauses, starts } = broken(10_000_000);
  slot.start();
  await waitFor(() => slot.view().state === 'restarting');
  expect([pauses, slot.view().nextStartAt]).toEqual([[300_000], 1_300_000]);
  await slot.stop({ timeoutMs: 1 });
  expect(starts()).toBe(1);
});

test('what an agent left behind while its settings were read is its own fault, and not that of the process', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  // What node calls the handler of `uncaughtException` with.
  const { slot } = broken(10_000_000, () => setTimeout(() => resolve(containCrash(new Error('late'))), 1));
  slot.start();
  expect(await promise).toBe(true);
  await slot.stop({ timeoutMs: 1 });
});
