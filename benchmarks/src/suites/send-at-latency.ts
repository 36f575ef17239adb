import type { Suite } from '../harness/suite.ts';
import { compareSenders } from './compare-senders.ts';

/** Milliseconds that a call of the network takes: nearby, and across an ocean. */
const latencies = [50, 100] as const;

const shapes = [
  { of: 'send.c1', callers: 1, recipients: 1, counts: { ours: 12, naive: 12, gateway: 12 }, limit: undefined },
  { of: 'send.c64', callers: 64, recipients: 1, counts: { ours: 192, naive: 64, gateway: 64 }, limit: undefined },
  { of: 'send.fanout', callers: 64, recipients: 32, counts: { ours: 256, naive: 256, gateway: 128 }, limit: 1 },
] as const;

/** The benchmarks of sending again, over a network that is as far away as a real one. */
export const sendAtLatency: readonly Suite[] = shapes.flatMap(({ of, callers, recipients, counts, limit }) =>
  latencies.map((latencyMs): Suite => {
    const name = `${of}.${latencyMs}ms`;
    return {
      name,
      what: `${of} when each call of the network takes ${latencyMs} ms`,
      target: limit === undefined ? 'reported' : `ratio to gateway >= ${limit}`,
      run: (context) =>
        compareSenders(context, {
          name,
          callers,
          recipients,
          counts,
          targets: limit === undefined ? {} : { gateway: { of: 'ratio', is: '>=', limit } },
          latencyMs,
        }),
    };
  }),
);
