import type { EOASigner } from '@xmtp/node-sdk';
import { hexToBytes } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

/** A const enum of the SDK, which cannot be imported as a value. */
const ethereum = 0 as never;

/** A wallet as the SDKs want it. */
export function toSigner(privateKey: `0x${string}`): EOASigner & { address: string } {
  const account = privateKeyToAccount(privateKey);
  const address = account.address.toLowerCase();
  return {
    type: 'EOA',
    address,
    getIdentifier: () => ({ identifier: address, identifierKind: ethereum }),
    signMessage: async (message) => hexToBytes(await account.signMessage({ message })),
  };
}
