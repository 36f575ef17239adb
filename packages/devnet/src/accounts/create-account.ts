import * as Address from 'ox/Address';
import * as Bytes from 'ox/Bytes';
import * as Hex from 'ox/Hex';
import * as PersonalMessage from 'ox/PersonalMessage';
import * as Secp256k1 from 'ox/Secp256k1';
import * as Signature from 'ox/Signature';

/** What the Node and Browser SDKs and the Agent SDK take as a signer. */
export interface DevnetSigner {
  readonly type: 'EOA';
  /** The address in lower case; kind 0 is Ethereum. */
  readonly getIdentifier: () => { identifier: string; identifierKind: 0 };
  /** EIP-191. @returns 65 bytes */
  readonly signMessage: (message: string) => Uint8Array;
}

/** An Ethereum account for tests. Never send anything of value to it. */
export interface DevnetAccount {
  /** In lower case, as XMTP writes addresses. */
  readonly address: string;
  /** 32 bytes in hex, with 0x. */
  readonly privateKey: `0x${string}`;
  /** Signs with that key. */
  readonly signer: DevnetSigner;
}

/** @param privateKey @default a random one */
export function createAccount(privateKey: `0x${string}` = Secp256k1.randomPrivateKey()): DevnetAccount {
  const address = Address.fromPublicKey(Secp256k1.getPublicKey({ privateKey })).toLowerCase();
  return {
    address,
    privateKey,
    signer: {
      type: 'EOA',
      getIdentifier: () => ({ identifier: address, identifierKind: 0 }),
      signMessage(message) {
        const payload = PersonalMessage.getSignPayload(Hex.fromString(message));
        return Bytes.from(Signature.toBytes(Secp256k1.sign({ payload, privateKey })));
      },
    },
  };
}
