import { waitFor } from '@xmtp-messaging/testing/wait-for';
import { generatePrivateKey } from 'viem/accounts';
import type { ClientKind } from './clients/client-kind.ts';
import { openNodePerson } from './clients/node-sdk.ts';
import type { Person } from './clients/person.ts';
import type { Network } from './network.ts';
import type { Scenario, Scene } from './scenarios/scenario.ts';

/** Everything of a scenario together. */
const limitMs = 180_000;
/** Clients that register at the same moment. */
const registering = 10;

/** Plays one scenario with one client. Closes everybody in it, however it ends. @throws Error that says what went wrong */
export async function playRow(options: {
  scenario: Scenario;
  client: ClientKind;
  network: Network;
  signal: AbortSignal;
}): Promise<void> {
  const { scenario, client, network } = options;
  const { patience = 1 } = client;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(limitMs * patience)]);
  const everybody: Person[] = [];
  const keys = new Map<string, `0x${string}`>();
  const scene: Scene = {
    network,
    async open({ same, deviceSync } = {}) {
      const privateKey = (same === undefined ? undefined : keys.get(same.inboxId)) ?? generatePrivateKey();
      const person = await client.open({ network, privateKey, deviceSync });
      keys.set(person.inboxId, privateKey);
      everybody.push(person);
      return person;
    },
    async peers(count) {
      const made: Person[] = [];
      while (made.length < count) {
        const some = Array.from({ length: Math.min(registering, count - made.length) }, () =>
          openNodePerson({ network, privateKey: generatePrivateKey() }),
        );
        made.push(...(await Promise.all(some)));
      }
      everybody.push(...made);
      return made;
    },
    async until(what, probe, timeoutMs = 30_000) {
      const look = async () => {
        signal.throwIfAborted();
        return await probe();
      };
      await waitFor(look, { what, timeoutMs: timeoutMs * patience, intervalMs: 100 });
    },
  };
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  aborted.catch(() => undefined);
  try {
    await Promise.race([scenario.play(scene), aborted]);
  } finally {
    await Promise.race([Promise.allSettled(everybody.map((person) => person.close())), aborted]).catch(() => undefined);
  }
}
