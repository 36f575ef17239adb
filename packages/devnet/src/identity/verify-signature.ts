import * as Hex from 'ox/Hex';
import * as PersonalMessage from 'ox/PersonalMessage';
import type { Signature } from '../gen/xmtp/identity/associations/signature_pb.ts';
import { invalidArgument } from '../grpc-error.ts';
import type { ContractWallets } from './create-contract-wallets.ts';
import { toHex } from './member.ts';
import type { VerifiedSignature } from './verified-signature.ts';
import { verifyEcdsa } from './verify-ecdsa.ts';
import { verifyInstallationKey } from './verify-installation-key.ts';
import { verifyPasskey } from './verify-passkey.ts';

export interface VerifySignatureOptions {
  readonly text: string;
  readonly signature: Signature | undefined;
  readonly contractWallets: ContractWallets;
}

/** Checks one signature against the text of its update and says who made it. */
export async function verifySignature(options: VerifySignatureOptions): Promise<VerifiedSignature> {
  const { text, contractWallets } = options;
  const signature = options.signature?.signature;
  switch (signature?.case) {
    case 'erc191':
      return verifyEcdsa(text, signature.value.bytes);
    case 'installationKey':
      return verifyInstallationKey(text, signature.value);
    case 'passkey':
      return verifyPasskey(text, signature.value);
    case 'erc6492': {
      const { accountId, blockNumber, signature: bytes } = signature.value;
      const verdict = await contractWallets.verify({
        accountId,
        hash: PersonalMessage.getSignPayload(Hex.fromString(text)),
        signature: bytes,
        blockNumber: blockNumber === 0n ? null : blockNumber,
      });
      if (!verdict.valid) return invalidArgument('Signature validation failed: the contract wallet refused it');
      return {
        signer: { kind: 'ethereum', text: verdict.address },
        chainId: verdict.chainId,
        replayKey: toHex(bytes),
      };
    }
    case 'delegatedErc191':
      return invalidArgument('keys of the retired V2 protocol cannot sign on this devnet; sign with the wallet itself');
    case undefined:
      break;
  }
  return invalidArgument('Signature validation failed: a signature is missing');
}
