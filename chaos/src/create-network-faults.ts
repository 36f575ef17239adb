import type { FaultPlan } from '@xmtp-messaging/devnet';
import { planOn } from '@xmtp-messaging/testing/name-faults-by-v3';

/** Faults of a network that may itself be dead: several at once, put back when it returns. */
export interface NetworkFaults {
  /** Adds a part of the plan; the returned function takes it out again. */
  add(part: FaultPlan): Promise<() => Promise<void>>;
  /** Ends every open subscription. */
  dropStreams(): Promise<void>;
  /** After a restart: a new process knows of no faults. */
  restore(): Promise<void>;
  /** How many errors the network has answered with because of a plan; 0 while it is dead. */
  injected(): Promise<number>;
}

/** The plan in which every part holds. */
export function mergePlans(seed: number, parts: Iterable<FaultPlan>): FaultPlan {
  const all = [...parts];
  return {
    seed,
    latency: all.flatMap(({ latency = [] }) => latency),
    errors: all.flatMap(({ errors = [] }) => errors),
    streams: all.flatMap(({ streams = [] }) => streams),
    partitions: all.flatMap(({ partitions = [] }) => partitions),
    refuseWrites: all.some(({ refuseWrites }) => refuseWrites === true),
  };
}

/**
 * @param controlUrl Where the control endpoint is now.
 * @param protocol Of the network; plans name methods as V3 does. Default V3.
 */
export function createNetworkFaults(options: {
  seed: number;
  controlUrl: () => string;
  protocol?: 'v3' | 'd14n' | undefined;
}): NetworkFaults {
  const { protocol = 'v3' } = options;
  const parts = new Set<FaultPlan>();
  const call = async (method: string, path: string, body: unknown) => {
    const answer = await fetch(options.controlUrl() + path, { method, body: JSON.stringify(body) }).catch(() => null);
    // A dead network has no faults to set; a living one that refuses the plan is a mistake of ours.
    if (answer?.ok === false) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  };
  // One after the other: of two plans on their way at once, the older one might arrive last and stay.
  let last: Promise<void> = Promise.resolve();
  const push = () => {
    last = last.catch(() => {}).then(() => call('PUT', '/faults', planOn(protocol, mergePlans(options.seed, parts))));
    return last;
  };
  return {
    async add(part) {
      parts.add(part);
      await push();
      return async () => {
        parts.delete(part);
        await push();
      };
    },
    dropStreams: () => call('POST', '/faults/drop-streams', {}),
    restore: push,
    async injected() {
      const answer = await fetch(`${options.controlUrl()}/status`).catch(() => null);
      if (answer === null) return 0;
      const { faults } = (await answer.json()) as { faults: { injected: { error?: number } } };
      return faults.injected.error ?? 0;
    },
  };
}
