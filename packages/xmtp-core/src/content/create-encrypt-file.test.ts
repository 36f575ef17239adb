import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { createEncryptFile } from './create-encrypt-file.ts';
import { decryptAttachment } from './encrypt-attachment.ts';

const homeKey = new Uint8Array(32).fill(5);
const file = fc.record({
  filename: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  mimeType: fc.constantFrom('text/plain', 'image/png'),
  bytes: fc.uint8Array({ maxLength: 40 }),
});
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test.prop([file, fc.string({ minLength: 1 })])(
  'the same file under the same key is the same bytes, after a restart too',
  (given, key) => {
    const [one, again] = [createEncryptFile(homeKey)(given, key), createEncryptFile(homeKey)(given, key)];
    expect(again).toEqual(one);
    const opened = decryptAttachment(one.payload, one);
    expect(opened.ok && opened.content).toMatchObject({
      parameters: { ...(given.filename === undefined ? {} : { filename: given.filename }), mimeType: given.mimeType },
      content: Buffer.from(given.bytes),
    });
    expect(one.contentLength).toBe(one.payload.length);
  },
);

test.prop([file, file, fc.string({ minLength: 1 }), fc.string({ minLength: 1 })])(
  'files, keys and homes that differ share no secret and no nonce',
  (first, second, key, otherKey) => {
    fc.pre(JSON.stringify([first, key]) !== JSON.stringify([second, otherKey]));
    const all = [
      createEncryptFile(homeKey)(first, key),
      createEncryptFile(homeKey)(second, otherKey),
      createEncryptFile(new Uint8Array(32).fill(6))(first, key),
    ];
    for (const part of ['secret', 'salt', 'nonce'] as const)
      expect(new Set(all.map((one) => hex(one[part]))).size).toBe(3);
  },
);
