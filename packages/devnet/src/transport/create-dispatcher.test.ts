import { expect, test } from 'vitest';
import { createFaults } from '../faults/create-faults.ts';
import { createQuotas } from '../limits/create-quotas.ts';
import { createClientRegistry } from './create-client-registry.ts';
import { createDispatcher } from './create-dispatcher.ts';
import type { Route } from './create-routes.ts';
import type { TransportTime } from './process-time.ts';

/** A clock that stands still unless somebody waits for it, and remembers for how long. */
function createCountedTime() {
  const pauses: number[] = [];
  let at = 0;
  const time: TransportTime = {
    now: () => at,
    async pause(ms, signal) {
      signal.throwIfAborted();
      pauses.push(ms);
      at += ms;
    },
  };
  return { time, pauses, pass: (ms: number) => (at += ms) };
}

function start() {
  const counted = createCountedTime();
  const plan = {
    latency: [
      { method: 'GetInboxIds', ms: 60, jitterMs: 20 },
      { method: 'SubscribeGroupMessages', ms: 5 },
    ],
  };
  const durations: number[] = [];
  const dispatcher = createDispatcher({
    faults: createFaults({ plan, now: () => 0 }),
    quotas: createQuotas({ limits: {}, now: () => 0 }),
    clients: createClientRegistry(),
    onCall: ({ durationMs }) => durations.push(durationMs),
    onUnexpected: () => {},
    time: counted.time,
  });
  const call = (method: string, streaming = false, stream?: () => AsyncGenerator<Uint8Array>) => ({
    route: {
      path: `/x/${method}`,
      method,
      streaming,
      unary: () => Promise.resolve(Uint8Array.of(counted.pauses.length)),
      stream: stream ?? (() => (async function* () {})()),
    } as Route,
    request: new Uint8Array(),
    peer: '127.0.0.1:1',
    client: 'a',
    appVersion: null,
    signal: new AbortController().signal,
  });
  return { ...counted, dispatcher, durations, call };
}

test('latency comes before the work, of its method alone, and stands in the log', async () => {
  const { dispatcher, pauses, durations, call } = start();
  expect(await dispatcher.unary(call('GetInboxIds'))).toEqual(Uint8Array.of(1));
  await dispatcher.unary(call('QueryGroupMessages'));
  expect(pauses).toHaveLength(1);
  expect(pauses[0]).toBeGreaterThanOrEqual(60);
  expect(pauses[0]).toBeLessThan(80);
  expect(durations).toEqual([pauses[0], 0]);
});

test('a stream opens late, and only what arrives when it was idle travels for a while', async () => {
  const { dispatcher, pauses, pass, call } = start();
  const events = async function* () {
    yield Uint8Array.of(1);
    yield Uint8Array.of(2);
    pass(1_000);
    yield Uint8Array.of(3);
  };
  const received: number[] = [];
  for await (const [value] of dispatcher.stream(call('SubscribeGroupMessages', true, events))) {
    received.push(value!, pauses.length);
  }
  expect(received).toEqual([1, 1, 2, 1, 3, 2]);
  expect(pauses).toEqual([5, 5]);
});

test('nobody waits for a client that has gone', async () => {
  const { dispatcher, pauses, call } = start();
  const gone = dispatcher.unary({ ...call('GetInboxIds'), signal: AbortSignal.abort() });
  await expect(gone).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(pauses).toEqual([]);
});
