import { testProtocol } from './test-protocol.ts';

/** What does the work of a V3 method on the decentralised network. */
const methods: Readonly<Record<string, string>> = {
  SendGroupMessages: 'PublishClientEnvelopes',
  SendWelcomeMessages: 'PublishClientEnvelopes',
  UploadKeyPackage: 'PublishClientEnvelopes',
  PublishIdentityUpdate: 'PublishClientEnvelopes',
  QueryGroupMessages: 'QueryEnvelopes',
  QueryWelcomeMessages: 'QueryEnvelopes',
  GetIdentityUpdates: 'QueryEnvelopes',
  GetNewestGroupMessage: 'GetNewestEnvelope',
  FetchKeyPackages: 'GetNewestEnvelope',
  SubscribeGroupMessages: 'SubscribeEnvelopes',
  SubscribeWelcomeMessages: 'SubscribeEnvelopes',
};

/** A fault plan in which methods are named as V3 names them, for the network that it is meant for. */
export function planOn<T>(protocol: 'v3' | 'd14n', plan: T): T {
  if (protocol === 'v3') return plan;
  return JSON.parse(
    JSON.stringify(plan, (key, value: unknown) =>
      key === 'method' && typeof value === 'string' ? (methods[value] ?? value) : value,
    ),
  ) as T;
}

/** Lets tests name what fails by the methods of V3, whichever network they run on. */
export function nameFaultsByV3<T extends { faults: { set(plan: never): void } }>(network: T): T {
  if (testProtocol === 'v3') return network;
  const set = network.faults.set.bind(network.faults) as (plan: unknown) => void;
  network.faults.set = (plan: unknown) => set(planOn(testProtocol, plan));
  return network;
}
