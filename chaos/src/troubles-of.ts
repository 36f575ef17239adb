import type { FaultPlan } from '@xmtp-messaging/devnet';
import type { Cast } from './assemble-cast.ts';
import type { Mood } from './start-endpoint.ts';
import type { PhoneOwner } from './create-phone-owner.ts';
import type { NetworkFaults } from './create-network-faults.ts';
import type { Trouble } from './raise-storm.ts';

const moods: readonly Mood[] = ['failing', 'hanging', 'dying'];

/** Faults of the network that need nobody's name. */
const plans: Readonly<Record<string, FaultPlan>> = {
  'swallowed stream events': { streams: [{ swallowEvery: 2 }] },
  'swapped stream events': { streams: [{ reorderEvery: 2 }] },
  'refused calls': { errors: [{ code: 'UNAVAILABLE', probability: 0.3 }] },
  'lost answers': {
    errors: [{ method: 'SendGroupMessages', code: 'UNAVAILABLE', probability: 0.5, afterwards: true }],
  },
  'refused writes': { refuseWrites: true },
  'slow calls': { latency: [{ ms: 50, jitterMs: 250 }] },
};

/** Everything that may go wrong with a cast. */
export function troublesOf(cast: Cast, faults: NetworkFaults, owner: PhoneOwner, random: () => number): Trouble[] {
  const kills = cast.players.map((player) => ({
    name: `kill -9 ${player.name}`,
    begin: async () => {
      await player.kill();
      return async () => player.restart();
    },
  }));
  const partitions = cast.players.flatMap(({ name, installationId }) =>
    (['refuse', 'silence'] as const).map((mode) => ({
      name: `partition ${name}, ${mode}`,
      begin: () => faults.add({ partitions: [{ installationId, mode }] }),
    })),
  );
  const agents = cast.players.map(({ name, endpoint }) => ({
    name: `agent of ${name}`,
    begin: async () => {
      endpoint.setMood(moods[Math.floor(random() * moods.length)]!);
      return async () => endpoint.setMood('well');
    },
  }));
  const network = Object.entries(plans).map(([name, plan]) => ({ name, begin: () => faults.add({ ...plan }) }));
  return [
    ...kills,
    ...partitions,
    ...agents,
    ...network,
    ...[1, 2, 3].map((phone) => ({
      name: `phone ${phone} of dot`,
      begin: async () => {
        const lose = await owner.buyPhone();
        return random() < 0.5 ? lose : async () => {};
      },
    })),
    {
      name: 'dropped streams',
      begin: async () => {
        await faults.dropStreams();
        return async () => {};
      },
    },
    {
      name: 'kill -9 network',
      begin: async () => {
        await cast.killNetwork();
        return async () => {
          await cast.restartNetwork();
          await faults.restore();
        };
      },
    },
  ];
}
