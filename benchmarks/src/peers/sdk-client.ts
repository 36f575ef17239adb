// Loads the XMTP binding on hosts whose glibc is too old for it; the bare SDK could not start at all without.
import '@xmtp-messaging/glibc-compat/register';
import type { ClientOptions, EOASigner, Identifier, NetworkOptions } from '@xmtp/node-sdk';
import { join } from 'node:path';
import { type Hex, toBytes } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { Identity } from './new-identity.ts';

// A const enum of the SDK, which cannot be imported as a value.
const ethereum = 0 as never;

export const ethereumIdentifier = (address: string): Identifier => ({
  identifier: address.toLowerCase(),
  identifierKind: ethereum,
});

/** The signer that the SDK's documentation shows. */
export function signerOf(privateKey: Hex): EOASigner {
  const account = privateKeyToAccount(privateKey);
  return {
    type: 'EOA',
    getIdentifier: () => ethereumIdentifier(account.address),
    signMessage: async (message) => toBytes(await account.signMessage({ message })),
  };
}

/** The same for every peer; without device sync, as the server and the agent SDK have it. */
export const clientOptions = (networkUrl: string) =>
  ({ env: 'local', apiUrl: networkUrl, disableDeviceSync: true }) satisfies ClientOptions & NetworkOptions;

/** The same for every peer: on disk and encrypted. */
export const storageOf = ({ folder, databaseKey }: Identity) =>
  ({ dbPath: join(folder, 'xmtp.db'), dbEncryptionKey: databaseKey }) satisfies ClientOptions;
