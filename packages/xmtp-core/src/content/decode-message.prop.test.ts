import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { StoredContent } from '../sdk/conversation.ts';
import { contentTypeIds } from './content-type-ids.ts';
import { decodeMessage, inflatedSize } from './decode-message.ts';
import { targetOf } from './target-of.ts';
import { typedContent } from './typed-content.ts';

const ids = [...Object.values(contentTypeIds), 'xmtp.org/reaction:1.0', 'evil.org/text:1.0', 'xmtp.org/text:2.0'];
const typeOf = (id: string): NonNullable<StoredContent['type']> => {
  const [, authorityId = '', typeId = '', major, minor] = /^(.*)\/(.*):(\d+)\.(\d+)$/u.exec(id)!;
  return { authorityId, typeId, versionMajor: Number(major), versionMinor: Number(minor) };
};
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json().map((text) => Buffer.from(text)),
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
);
const names = fc.constantFrom(
  'reference',
  'secret',
  'salt',
  'nonce',
  'mimeType',
  'filename',
  'contentLength',
  '__proto__',
);
const content = fc.record(
  {
    type: fc.constantFrom(...ids).map(typeOf),
    parameters: fc.dictionary(fc.oneof(names, fc.string()), fc.string()),
    fallback: fc.string(),
    compression: fc.integer({ min: 0, max: 3 }),
    content: bytes,
  },
  { requiredKeys: ['parameters', 'content'] },
);

test.prop([content, fc.boolean()])(
  'hostile bytes never throw, and what is read is what its schema says',
  (stored, isChange) => {
    const decoded = decodeMessage({ content: stored, isChange });
    expect(inflatedSize(stored)).toBeGreaterThanOrEqual(stored.content.length === 0 ? 0 : 1);
    expect([null, 'string']).toContain(targetOf({ content: stored }) === null ? null : 'string');
    if (decoded.content === null) return;
    const { type, content: said } = decoded;
    expect(typedContent.safeParse({ type, content: said }).success).toBe(true);
  },
);
