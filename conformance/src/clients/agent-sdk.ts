import type { ClientKind, ClientSource, OpenOptions } from './client-kind.ts';
import { archiveElements, openNodeClient } from './open-node-client.ts';
import type { Peer, Person } from './person.ts';
import { type SdkClient, toPerson } from './to-person.ts';
import { toSigner } from './to-signer.ts';
import { versionOf } from './version-of.ts';

/** Opens conversations and hears by the agent's own calls; for the rest it has its client. */
async function open(options: OpenOptions): Promise<Person> {
  const [client, { Agent }] = [await openNodeClient(options), await import('@xmtp/agent-sdk')];
  const agent = new Agent({ client });
  const { address } = toSigner(options.privateKey);
  const person = toPerson({ client: client as unknown as SdkClient, address, archiveElements });
  const heard: string[] = [];
  const hexOf = (peer: Peer) => peer.address as `0x${string}`;
  return {
    ...person,
    createDm: async (peer) => (await agent.createDmWithAddress(hexOf(peer))).id,
    createGroup: async (peers) => (await agent.createGroupWithAddresses(peers.map(hexOf))).id,
    async stream() {
      agent.on('text', ({ message }) => void heard.push(message.content));
      await agent.start();
    },
    heard: async () => heard,
    async close() {
      await agent.stop();
      await person.close();
    },
  };
}

export const agentSdk: ClientSource = {
  name: 'agent-sdk',
  about: 'the SDK for agents, from this workspace',
  async start(): Promise<ClientKind> {
    return {
      name: 'agent-sdk',
      version: versionOf('@xmtp/agent-sdk'),
      lacks: [],
      cannotSpeak: {},
      open,
      close: () => Promise.resolve(),
    };
  },
};
