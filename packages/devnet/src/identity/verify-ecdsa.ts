import { bytesToHex, concat, recoverMessageAddress, toBytes } from 'viem/utils';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { invalidArgument } from '../grpc-error.ts';
import { toHex } from './member.ts';
import type { VerifiedSignature } from './verified-signature.ts';

const ORDER = secp256k1.Point.CURVE().n;

/** Recovers the signer of a personal message (EIP-191) from 65 bytes r, s, v. */
export async function verifyEcdsa(text: string, signature: Uint8Array): Promise<VerifiedSignature> {
  const canonical = toCanonical(signature);
  try {
    const address = await recoverMessageAddress({ message: text, signature: bytesToHex(canonical) });
    return {
      signer: { kind: 'ethereum', text: address.toLowerCase() },
      chainId: null,
      replayKey: toHex(canonical),
    };
  } catch {
    return invalidArgument('Signature validation failed: the ECDSA signature has no signer');
  }
}

/** s in the lower half of the order (EIP-2), v as 0 or 1: the same signer, one encoding. */
function toCanonical(signature: Uint8Array): Uint8Array {
  const v = signature[64];
  if (signature.length !== 65 || v === undefined || ![0, 1, 27, 28].includes(v)) {
    return invalidArgument('Signature validation failed: an ECDSA signature is r, s and v in 65 bytes');
  }
  const parity = v % 27;
  const s = BigInt(bytesToHex(signature.subarray(32, 64)));
  const high = s > ORDER / 2n;
  const lowS = high ? toBytes(ORDER - s, { size: 32 }) : signature.subarray(32, 64);
  return concat([signature.subarray(0, 32), lowS, Uint8Array.of(high ? 1 - parity : parity)]);
}
