import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bytesField, varintField } from '../grpc/wire.ts';
import { encodeReply } from './encode-reply.ts';
import { decryptAttachment, encryptAttachment } from './encrypt-attachment.ts';
import { findAttachments } from './find-attachments.ts';

const type = (typeId: string, authorityId = 'xmtp.org') => ({ authorityId, typeId, versionMajor: 1, versionMinor: 0 });
const file = {
  type: type('attachment'),
  parameters: { filename: 'a.txt', mimeType: 'text/plain' },
  fallback: 'a file',
  content: Buffer.from('hello'),
};
const seed = new Uint8Array(32).fill(7);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function remote() {
  const { payload, secret, salt, nonce, contentDigest } = encryptAttachment(file, seed);
  const parameters = { contentDigest, secret: hex(secret), salt: hex(salt), nonce: hex(nonce), scheme: 'https' };
  return {
    payload,
    content: { type: type('remoteStaticAttachment'), parameters, content: Buffer.from('https://x.y/z') },
  };
}

test('an inline file, compressed or in a reply', () => {
  const found = { kind: 'inline', filename: 'a.txt', mimeType: 'text/plain', bytes: Buffer.from('hello') };
  expect(findAttachments(file)).toEqual([found]);
  expect(findAttachments({ ...file, content: gzipSync('hello'), compression: 1 })).toEqual([found]);
  expect(findAttachments(encodeReply(file, 'ab'.repeat(32)))).toEqual([found]);
  expect(findAttachments({ ...file, type: type('attachment', 'example.org') })).toEqual([]);
  expect(findAttachments({ ...file, type: type('text') })).toEqual([]);
});

test('a remote file, and several, with what it takes to read them', () => {
  const { payload, content } = remote();
  const [part] = findAttachments(content);
  expect(part).toMatchObject({ kind: 'remote', url: 'https://x.y/z', filename: null, contentLength: null });
  if (part?.kind !== 'remote') throw new Error('not remote');
  expect(decryptAttachment(payload, part)).toMatchObject({ ok: true, content: { parameters: file.parameters } });
  const { contentDigest, secret, nonce, salt } = part;
  const one = Buffer.concat([
    bytesField(1, Buffer.from(contentDigest)),
    bytesField(2, secret),
    bytesField(3, nonce),
    bytesField(4, salt),
    bytesField(5, Buffer.from('https')),
    bytesField(6, Buffer.from('https://x.y/z')),
    varintField(7, 44n),
    bytesField(8, Buffer.from('b.png')),
  ]);
  const several = { ...content, type: type('multiRemoteStaticAttachment'), parameters: {} };
  const parts = findAttachments({ ...several, content: Buffer.concat([bytesField(1, one), bytesField(1, one)]) });
  expect(parts).toEqual([
    { ...part, filename: 'b.png', contentLength: 44 },
    { ...part, filename: 'b.png', contentLength: 44 },
  ]);
  const endless = Buffer.concat(Array.from({ length: 5_000 }, () => bytesField(1, one)));
  expect(findAttachments({ ...several, content: endless })).toHaveLength(100);
});

test('the same file under the same seed is the same bytes, and one bit off is refused before anything is read', () => {
  const { payload, contentDigest, secret, salt, nonce } = encryptAttachment(file, seed);
  expect(encryptAttachment(file, seed).payload).toEqual(payload);
  expect(encryptAttachment(file, new Uint8Array(32).fill(8)).payload).not.toEqual(payload);
  const keys = { contentDigest, secret, salt, nonce };
  const bad = Buffer.from(payload);
  bad[3]! ^= 1;
  expect(decryptAttachment(bad, keys)).toEqual({ ok: false, problem: 'digest' });
  expect(decryptAttachment(payload, { ...keys, secret: salt })).toEqual({ ok: false, problem: 'undecryptable' });
  expect(decryptAttachment(payload, { ...keys, nonce: new Uint8Array(11) })).toEqual({
    ok: false,
    problem: 'undecryptable',
  });
});
