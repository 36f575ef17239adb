// Several agents in one process: mailboxes of ours, or clients of the bare SDK with their streams open.
import { clientOptions, signerOf, storageOf } from './sdk-client.ts';
import { Client } from '@xmtp/node-sdk';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { openMailbox } from '@xmtp-messaging/xmtp-core';
import { serveCalls } from '../processes/serve-calls.ts';
import { type Identity, newIdentity } from './new-identity.ts';

/** How many agents of which kind. */
export interface CrowdJob {
  kind: 'mailbox' | 'client';
  count: number;
  folder: string;
  networkUrl: string;
}

const open: Record<CrowdJob['kind'], (identity: Identity) => Promise<unknown>> = {
  mailbox: (identity) =>
    openMailbox({
      signer: signerOf(identity.privateKey),
      home: join(identity.folder, 'home'),
      network: { env: 'local', apiUrl: identity.networkUrl },
      admit: () => ({ admit: false, reason: 'nobody' }),
      isAllowed: () => false,
    }),
  client: async (identity) => {
    const client = await Client.create(signerOf(identity.privateKey), {
      ...clientOptions(identity.networkUrl),
      ...storageOf(identity),
    });
    return [client, await client.conversations.streamAllMessages({ onValue: () => {} })];
  },
};

/** Kept, so that nothing is collected. */
const crowd: unknown[] = [];

const calls = {
  async open({ kind, count, folder, networkUrl }: CrowdJob) {
    for (let index = 0; index < count; index += 1) {
      crowd.push(await open[kind](newIdentity(await mkdtemp(join(folder, 'agent-')), networkUrl)));
    }
    return crowd.length;
  },
};

export type CrowdCalls = typeof calls;

serveCalls(calls);
