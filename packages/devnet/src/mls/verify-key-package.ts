import { createPublicKey, verify } from 'node:crypto';
import type { ParsedKeyPackage, SignedPart } from './parse-key-package.ts';

/** Whether the installation itself signed its leaf node and the key package around it (RFC 9420 sections 7.2 and 10). */
export function verifyKeyPackage({ installationKey, leafNode, keyPackage }: ParsedKeyPackage): boolean {
  const x = Buffer.from(installationKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const signed = (label: string, { content, signature }: SignedPart) =>
    verify(null, toSignContent(label, content), key, signature);
  return signed('LeafNodeTBS', leafNode) && signed('KeyPackageTBS', keyPackage);
}

/** SignContent of RFC 9420 section 5.1.2: a label and the content, both with their length. */
function toSignContent(label: string, content: Uint8Array): Buffer {
  const name = Buffer.from(`MLS 1.0 ${label}`);
  return Buffer.concat([toLength(name.length), name, toLength(content.length), content]);
}

function toLength(size: number): Buffer {
  if (size < 0x40) return Buffer.of(size);
  if (size < 0x4000) return Buffer.of((size >> 8) | 0x40, size & 0xff);
  const long = Buffer.alloc(4);
  long.writeUInt32BE((size | 0x80000000) >>> 0);
  return long;
}
