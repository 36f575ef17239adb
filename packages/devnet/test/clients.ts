import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ClientOptions, type Signer } from '@xmtp/node-sdk';
import { hexToBytes } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import type { Devnet } from '../src/index.ts';

/** A fresh Ethereum account in the shape that the SDK signs with. */
export function createSigner(): Signer & { address: string } {
  const account = privateKeyToAccount(generatePrivateKey());
  return {
    type: 'EOA',
    address: account.address.toLowerCase(),
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- 0 is Ethereum; the SDK's ambient const enum cannot be read here
    getIdentifier: () => ({ identifier: account.address.toLowerCase(), identifierKind: 0 }),
    signMessage: async (message) => hexToBytes(await account.signMessage({ message })),
  };
}

/** A registered client; its database is in memory unless `dbPath` says otherwise. */
export function createClient(network: Devnet, options: ClientOptions & { signer?: Signer } = {}) {
  const { signer = createSigner(), ...rest } = options as { signer?: Signer };
  return Client.create(signer, {
    env: 'local',
    apiUrl: network.url,
    dbPath: null,
    disableDeviceSync: true,
    ...rest,
  } as ClientOptions);
}

/** A folder for databases, and how to remove it. */
export async function createFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'xmtp-devnet-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
