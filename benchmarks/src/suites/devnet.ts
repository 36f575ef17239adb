import { randomBytes } from 'node:crypto';
import { toRow } from '../harness/to-row.ts';
import type { Context, Suite } from '../harness/suite.ts';
import { inParallel } from '../measure/in-parallel.ts';
import { residentMemory } from '../measure/resident-memory.ts';
import { createNetworkClient } from '../peers/create-network-client.ts';
import type { NetworkCalls } from '../processes/network.child.ts';
import { type Child, startChild } from '../processes/start-child.ts';

const name = 'devnet';
const groups = Array.from({ length: 100 }, () => randomBytes(16));
const groupOf = (index: number): Buffer => groups[index % groups.length]!;

/** A network of its own: the shared one already holds what the other benchmarks sent. */
async function startNetwork(context: Context): Promise<{ child: Child<NetworkCalls>; url: string; seconds: number }> {
  const start = performance.now();
  const child = startChild<NetworkCalls>(new URL('../processes/network.child.ts', import.meta.url));
  context.defer(child.stop);
  const { url } = await child.call('start', {});
  return { child, url, seconds: (performance.now() - start) / 1_000 };
}

export const devnet: Suite = {
  name,
  what: 'the local network: from process start to ready, messages through it from 64 callers, memory that they take',
  target: 'start < 1 s; the rest reported',
  async run(context) {
    let network = await startNetwork(context);
    const starts = [network.seconds];
    while (starts.length < context.pick(10, 1)) {
      context.progress(`start ${starts.length + 1}`);
      await network.child.stop();
      network = await startNetwork(context);
      starts.push(network.seconds);
    }

    const { child, url } = network;
    const client = createNetworkClient(url);
    context.defer(client.close);
    const burst = context.pick(5_000, 200);
    const rates: number[] = [];
    for (let round = -1; round < context.pick(5, 1); round += 1) {
      context.progress(`${burst} messages`);
      const start = performance.now();
      await inParallel(64, burst, (index) => client.publish(groupOf(index), 1));
      if (round >= 0) rates.push((burst / (performance.now() - start)) * 1_000);
    }

    const filling = context.pick(100_000, 1_000);
    const perCall = 50;
    context.progress(`${filling} messages to keep`);
    const before = await residentMemory(child.pid);
    await inParallel(4, filling / perCall, (index) => client.publish(groupOf(index), perCall));
    const grown = ((await residentMemory(child.pid)) - before) / 2 ** 20;

    return [
      toRow({ name, measure: 'seconds to ready', ours: starts, target: { of: 'value', is: '<', limit: 1 } }),
      toRow({ name, measure: 'messages/s, one a call', ours: rates }),
      toRow({ name, measure: 'MB for 100,000 messages', ours: [(grown / filling) * 100_000] }),
    ];
  },
};
