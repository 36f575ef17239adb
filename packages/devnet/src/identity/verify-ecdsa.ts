import { secp256k1 } from '@noble/curves/secp256k1.js';
import * as Bytes from 'ox/Bytes';
import * as Hex from 'ox/Hex';
import * as PersonalMessage from 'ox/PersonalMessage';
import * as Secp256k1 from 'ox/Secp256k1';
import * as Signature from 'ox/Signature';
import { invalidArgument } from '../grpc-error.ts';
import { toHex } from './member.ts';
import type { VerifiedSignature } from './verified-signature.ts';

const order = secp256k1.Point.CURVE().n;

/** Recovers the signer of a personal message (EIP-191) from 65 bytes r, s, v. */
export function verifyEcdsa(text: string, signature: Uint8Array): VerifiedSignature {
  const canonical = toCanonical(signature);
  try {
    const payload = PersonalMessage.getSignPayload(Hex.fromString(text));
    const address = Secp256k1.recoverAddress({ payload, signature: Signature.fromBytes(canonical) });
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
  const s = Bytes.toBigInt(signature.subarray(32, 64));
  const high = s > order / 2n;
  const lowS = high ? Bytes.fromNumber(order - s, { size: 32 }) : signature.subarray(32, 64);
  return Bytes.concat(signature.subarray(0, 32), lowS, Uint8Array.of(high ? 1 - parity : parity));
}
