import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyKeyPackage } from './verify-key-package.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const installationKey = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');

/** A part as RFC 9420 section 5.1.2 has it signed; long enough for a length of two bytes. */
function createPart(label: string, content = Buffer.alloc(100, label)) {
  const name = Buffer.from(`MLS 1.0 ${label}`);
  const signed = Buffer.concat([Buffer.of(name.length), name, Buffer.of(0x40, content.length), content]);
  return { content, signature: sign(null, signed, privateKey) };
}

const lifetime = { notBefore: 0n, notAfter: 1n };
const leafNode = createPart('LeafNodeTBS');
const keyPackage = createPart('KeyPackageTBS');
const sound = { installationKey, credential: Buffer.of(), lifetime, leafNode, keyPackage };

test('both signatures count, each under its own label', () => {
  expect(verifyKeyPackage(sound)).toBe(true);
  expect(verifyKeyPackage({ ...sound, leafNode: keyPackage })).toBe(false);
  expect(verifyKeyPackage({ ...sound, keyPackage: leafNode })).toBe(false);
  expect(verifyKeyPackage({ ...sound, leafNode: { ...leafNode, signature: Buffer.alloc(64) } })).toBe(false);
  expect(verifyKeyPackage({ ...sound, keyPackage: { ...keyPackage, signature: Buffer.alloc(3) } })).toBe(false);
});
