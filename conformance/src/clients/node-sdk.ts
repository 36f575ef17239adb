import type { ClientKind, ClientSource, OpenOptions } from './client-kind.ts';
import { archiveElements, openNodeClient } from './open-node-client.ts';
import type { Person } from './person.ts';
import { type SdkClient, toPerson } from './to-person.ts';
import { toSigner } from './to-signer.ts';
import { versionOf } from './version-of.ts';

/** Somebody with the Node SDK, who is also the other side of every other client. */
export async function openNodePerson(options: OpenOptions): Promise<Person> {
  const client = (await openNodeClient(options)) as unknown as SdkClient;
  return toPerson({ client, address: toSigner(options.privateKey).address, archiveElements });
}

export const nodeSdk: ClientSource = {
  name: 'node-sdk',
  about: 'the SDK for Node, from this workspace',
  async start(): Promise<ClientKind> {
    return {
      name: 'node-sdk',
      version: versionOf('@xmtp/node-sdk'),
      lacks: [],
      cannotSpeak: {},
      open: openNodePerson,
      close: () => Promise.resolve(),
    };
  },
};
