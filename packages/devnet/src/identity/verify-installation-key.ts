import { ed25519ph } from '@noble/curves/ed25519.js';
import type { RecoverableEd25519Signature } from '../gen/xmtp/identity/associations/signature_pb.ts';
import { invalidArgument } from '../grpc-error.ts';
import { toHex } from './member.ts';
import type { VerifiedSignature } from './verified-signature.ts';

const context = new TextEncoder().encode('IDENTITY UPDATE SIGNATURE');

/** Checks an Ed25519ph signature (RFC 8032 section 5.1) by an installation; a key of small order signs everything and is refused. */
export function verifyInstallationKey(
  text: string,
  { bytes, publicKey }: RecoverableEd25519Signature,
): VerifiedSignature {
  const valid =
    bytes.length === 64 &&
    publicKey.length === 32 &&
    ed25519ph.verify(bytes, new TextEncoder().encode(text), publicKey, { context, zip215: false });
  if (!valid) return invalidArgument('Signature validation failed: the installation key did not sign this update');
  return { signer: { kind: 'installation', text: toHex(publicKey) }, chainId: null, replayKey: toHex(bytes) };
}
