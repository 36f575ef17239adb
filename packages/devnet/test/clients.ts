import { Client, type ClientOptions, type Dm, type Group, type Signer } from '@xmtp/node-sdk';
import { hexToBytes } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import type { Devnet } from '../src/index.ts';
import { ethereum } from './sdk-enums.ts';

/** A fresh Ethereum account in the shape that the SDK signs with. */
export function createSigner(): Signer & {
  address: string;
  identifier: { identifier: string; identifierKind: never };
} {
  const account = privateKeyToAccount(generatePrivateKey());
  const address = account.address.toLowerCase();
  const identifier = { identifier: address, identifierKind: ethereum as never };
  return {
    type: 'EOA',
    address,
    identifier,
    getIdentifier: () => identifier,
    signMessage: async (message) => hexToBytes(await account.signMessage({ message })),
  };
}

/** Clients go through its gateway if it has one. */
export type TestNetwork = Pick<Devnet, 'url'> & Partial<Pick<Devnet, 'gatewayUrl'>>;

export type TestClient = Awaited<ReturnType<typeof Client.create>>;

/** A registered client; its database is in memory unless `dbPath` says otherwise. */
export function createClient(
  network: TestNetwork,
  options: { signer?: Signer; dbPath?: string; appVersion?: string; deviceSync?: boolean } = {},
): Promise<TestClient> {
  const { signer = createSigner(), dbPath = null, deviceSync = false, appVersion } = options;
  const clientOptions: ClientOptions = {
    env: 'local',
    ...(network.gatewayUrl === undefined || network.gatewayUrl === null
      ? { apiUrl: network.url }
      : { apiUrl: network.url, gatewayHost: network.gatewayUrl }),
    dbPath,
    disableDeviceSync: !deviceSync,
    ...(appVersion === undefined ? {} : { appVersion }),
  };
  return Client.create(signer, clientOptions);
}

export function createClients(network: TestNetwork, count: number): Promise<TestClient[]> {
  return Promise.all(Array.from({ length: count }, () => createClient(network)));
}

/** The plain texts of a conversation, oldest first, after a sync. */
export async function readTexts(conversation: Dm | Group): Promise<string[]> {
  await conversation.sync();
  return (await conversation.messages()).map(({ content }) => content).filter((content) => typeof content === 'string');
}
