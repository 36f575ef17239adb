// The local network of the run, in a process of its own so that its work is nobody's event loop but its own.
import { type Devnet, createDevnet } from '@xmtp-messaging/devnet';
import { serveCalls } from './serve-calls.ts';

let network: Devnet | null = null;

const calls = {
  /** @param dataDir folder for the network's database; memory without it */
  async start({ dataDir }: { dataDir?: string | undefined }) {
    network = await createDevnet({ dataDir });
    return { url: network.url };
  },
  /** Milliseconds that each call takes from now on, and what arrives on an idle subscription. */
  async delay({ ms }: { ms: number }) {
    network?.faults.set(ms === 0 ? {} : { latency: [{ ms }] });
  },
  /** Calls that have ended, by method. */
  calls: async () =>
    Object.fromEntries(Object.entries(network?.stats().calls ?? {}).map(([method, { total }]) => [method, total])),
};

export type NetworkCalls = typeof calls;

serveCalls(calls);
