import type { MailboxSigner } from '../types.ts';
import { ethereum } from './native-types.ts';

/** A signer as the SDK takes it. @param address Of its account, in lower case. */
export function toSdkSigner(signer: MailboxSigner, address: string) {
  return {
    type: 'EOA' as const,
    getIdentifier: () => ({ identifier: address, identifierKind: ethereum }),
    signMessage: async (message: string) => await signer.signMessage(message),
  };
}
