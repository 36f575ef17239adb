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

/** Lets tests name what fails by the methods of V3, whichever network they run on. */
export function nameFaultsByV3<T extends { faults: { set(plan: never): void } }>(network: T): T {
  if (testProtocol === 'v3') return network;
  const set = network.faults.set.bind(network.faults) as (plan: unknown) => void;
  network.faults.set = (plan: unknown) => {
    set(
      JSON.parse(JSON.stringify(plan), (key, value: unknown) =>
        key === 'method' && typeof value === 'string' ? (methods[value] ?? value) : value,
      ),
    );
  };
  return network;
}
