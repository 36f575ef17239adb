import type { Suite } from '../harness/suite.ts';
import { compareReceivers } from './compare-receivers.ts';

const name = 'receive.latency';

/** A call of the network takes so many milliseconds: nearby, and across an ocean. */
const latencies = [50, 100] as const;

export const receiveLatency: Suite = {
  name,
  what: "from the network's stamp to the SSE line, beside the SDK's stream, bare and made safe; one message at a time",
  target: 'to stream p50 ratio <= 1.2, p99 <= 1.5; to safe stream both <= 1.15',
  run: (context) =>
    compareReceivers(context, {
      name,
      ours: 'server',
      peers: [
        { name: 'stream', p50: 1.2, p99: 1.5 },
        { name: 'safe stream', p50: 1.15, p99: 1.15 },
        { name: 'agent-sdk' },
      ],
      count: 150,
      rounds: 5,
    }),
};

export const receiveInProcess: Suite = {
  name: 'receive.in-process',
  what: 'the same to the handler of inbox.deliver in its own process',
  target: 'reported',
  run: (context) =>
    compareReceivers(context, {
      name: 'receive.in-process',
      ours: 'mailbox',
      peers: [{ name: 'stream' }, { name: 'safe stream' }],
      count: 150,
      rounds: 5,
    }),
};

export const receiveAtLatency: readonly Suite[] = latencies.map((latencyMs) => ({
  name: `${name}.${latencyMs}ms`,
  what: `${name} when each call of the network takes ${latencyMs} ms`,
  target: 'to safe stream both <= 1.15',
  run: (context) =>
    compareReceivers(context, {
      name: `${name}.${latencyMs}ms`,
      ours: 'server',
      peers: [{ name: 'stream' }, { name: 'safe stream', p50: 1.15, p99: 1.15 }],
      count: 40,
      rounds: 3,
      latencyMs,
    }),
}));
