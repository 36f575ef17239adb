import type { Client, ClientOptions } from '@xmtp/node-sdk';
import type { DevnetAccount } from '../accounts/create-account.ts';
import { DevnetError } from '../errors.ts';
import type { NodeSdk } from './load-node-sdk.ts';
import { toIdentifier } from './to-identifier.ts';

/** Where a network is. */
export interface NetworkPlace {
  readonly url: string;
  /** `null` where the network is V3. */
  readonly gatewayUrl: string | null;
}

/** A client in memory. */
export interface OpenedClient {
  readonly client: Client<unknown>;
  /** Takes its installation back, so that nobody writes to it any more. Its streams have ended by then. */
  readonly leave: () => Promise<void>;
}

export interface OpenClientOptions {
  readonly sdk: NodeSdk;
  readonly account: DevnetAccount;
  readonly place: NetworkPlace;
  readonly appVersion: string;
  /** Installations that may stay beside the new one: what was killed could not leave. */
  readonly others: number;
}

/** What libxmtp allows an inbox. */
export const maxInstallations = 10;

/** Joins the network as one more installation of the account. @throws DevnetError CANNOT_JOIN */
export async function openClient(options: OpenClientOptions): Promise<OpenedClient> {
  const { sdk, account, place, appVersion, others } = options;
  const { signer } = account;
  const network = {
    env: 'local' as const,
    apiUrl: place.url,
    ...(place.gatewayUrl === null ? {} : { gatewayHost: place.gatewayUrl }),
    appVersion,
  };
  const clientOptions: ClientOptions = { ...network, dbPath: null, disableDeviceSync: true, historySyncUrl: null };
  try {
    const backend = await sdk.createBackend(network);
    const revoke = async (inboxId: string, installations: Uint8Array[]) => {
      if (installations.length > 0) await sdk.Client.revokeInstallations(signer, inboxId, installations, backend);
    };
    const known = await sdk.getInboxIdForIdentifier(backend, toIdentifier(account.address));
    if (known !== null) {
      const [state] = await sdk.Client.fetchInboxStates([known], backend);
      const oldestFirst = state!.installations.toSorted((a, b) =>
        (a.clientTimestampNs ?? 0n) < (b.clientTimestampNs ?? 0n) ? -1 : 1,
      );
      const left = oldestFirst.slice(0, Math.max(0, oldestFirst.length - others));
      await revoke(
        known,
        left.map(({ bytes }) => bytes),
      );
    }
    const client: Client<unknown> = await sdk.Client.create(signer, clientOptions);
    return { client, leave: () => revoke(client.inboxId, [client.installationIdBytes]) };
  } catch (cause) {
    throw new DevnetError({
      code: 'CANNOT_JOIN',
      shortMessage: `The network at ${place.url} did not let the client in.`,
      cause,
    });
  }
}
