// Makes agents that are registered: what is measured is how they start and run, not how the network and the wallet take them in.
import { join } from 'node:path';
import { openMailbox } from '@xmtp-messaging/xmtp-core';
import { privateKeyToAccount } from 'viem/accounts';
import { inParallel } from '../measure/in-parallel.ts';
import { newIdentity } from '../peers/new-identity.ts';
import { signerOf } from '../peers/sdk-client.ts';
import { emitEvent, serveCalls } from '../processes/serve-calls.ts';

/** How many agents, and where. */
export interface RegisterJob {
  count: number;
  /** Folder of homes, one for each address. */
  homeRoot: string;
  networkUrl: string;
}

const calls = {
  async register({ count, homeRoot, networkUrl }: RegisterJob): Promise<string[]> {
    const addresses: string[] = [];
    await inParallel(4, count, async () => {
      const { privateKey } = newIdentity(homeRoot, networkUrl);
      const { address } = privateKeyToAccount(privateKey);
      const mailbox = await openMailbox({
        signer: signerOf(privateKey),
        home: join(homeRoot, address.toLowerCase()),
        // Of which the limits are known, so that the server paces itself as it does there.
        network: { env: 'dev', apiUrl: networkUrl },
        admit: () => ({ admit: false, reason: 'nobody' }),
        isAllowed: () => false,
        bell: false,
      });
      await mailbox.close();
      addresses.push(address);
      if (addresses.length % 50 === 0) emitEvent(addresses.length);
    });
    return addresses;
  },
};

export type RegisterCalls = typeof calls;

serveCalls(calls);
