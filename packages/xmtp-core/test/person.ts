import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import type { Address, MailboxSigner } from '../src/index.ts';

/** An account whose key the test holds, and its signer. */
export interface Person {
  privateKey: `0x${string}`;
  address: Address;
  signer: MailboxSigner;
}

export function createPerson(privateKey: `0x${string}` = generatePrivateKey()): Person {
  const account = privateKeyToAccount(privateKey);
  const address = account.address.toLowerCase() as Address;
  return {
    privateKey,
    address,
    signer: {
      type: 'EOA',
      getIdentifier: () => ({ identifier: address, identifierKind: 0 }),
      signMessage: async (message) => Buffer.from((await account.signMessage({ message })).slice(2), 'hex'),
    },
  };
}
