import { createHash } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import type { RecoverablePasskeySignature } from '../gen/xmtp/identity/associations/signature_pb.ts';
import { invalidArgument } from '../grpc-error.ts';
import { toHex } from './member.ts';
import type { VerifiedSignature } from './verified-signature.ts';

/**
 * Checks a WebAuthn signature whose challenge is the text: P-256, DER, over the authenticator data and the hash of the
 * client data. As on the real network the ceremony itself (type, relying party, flags, counter, origin) is not judged.
 */
export function verifyPasskey(text: string, signature: RecoverablePasskeySignature): VerifiedSignature {
  const { publicKey, signature: der, authenticatorData, clientDataJson } = signature;
  if (readChallenge(clientDataJson) !== Buffer.from(text).toString('base64url')) {
    return invalidArgument('Signature validation failed: the passkey answered another challenge');
  }
  const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientDataJson).digest()]);
  try {
    if (p256.verify(der, signed, publicKey, { format: 'der', lowS: false })) {
      return {
        signer: { kind: 'passkey', text: toHex(publicKey) },
        chainId: null,
        replayKey: toHex(toLowS(der)),
      };
    }
  } catch {
    // Not a P-256 key or not DER: refused below like any other signature that does not hold.
  }
  return invalidArgument('Signature validation failed: the passkey did not sign this update');
}

function readChallenge(clientDataJson: Uint8Array): unknown {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJson).toString('utf8'));
    return typeof data === 'object' && data !== null && 'challenge' in data ? data.challenge : undefined;
  } catch {
    return undefined;
  }
}

function toLowS(der: Uint8Array): Uint8Array {
  const { r, s } = p256.Signature.fromBytes(der, 'der');
  const order = p256.Point.CURVE().n;
  return new p256.Signature(r, s > order / 2n ? order - s : s).toBytes('compact');
}
