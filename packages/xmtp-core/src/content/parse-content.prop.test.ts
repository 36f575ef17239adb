import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { findAttachments } from './find-attachments.ts';
import { parseContent } from './parse-content.ts';
import { serializeContent } from './serialize-content.ts';

const type = (typeId: string) => ({ authorityId: 'xmtp.org', typeId, versionMajor: 1, versionMinor: 0 });
const contents = fc.record({
  type: fc.record({
    authorityId: fc.string(),
    typeId: fc.string(),
    versionMajor: fc.nat(),
    versionMinor: fc.nat(),
  }),
  parameters: fc.dictionary(fc.string(), fc.string()),
  fallback: fc.string(),
  content: fc.uint8Array(),
});

test.prop([contents])('what is serialized reads the same', (content) => {
  const read = parseContent(serializeContent(content))!;
  expect({ ...read, parameters: { ...read.parameters }, content: new Uint8Array(read.content) }).toEqual({
    ...content,
    parameters: { ...content.parameters },
  });
});

test.prop([fc.uint8Array({ maxLength: 200 })])(
  'whatever a stranger serialized is read or refused, without an error',
  (bytes) => {
    parseContent(bytes);
    for (const typeId of ['reply', 'attachment', 'remoteStaticAttachment', 'multiRemoteStaticAttachment']) {
      expect(Array.isArray(findAttachments({ type: type(typeId), parameters: {}, content: bytes }))).toBe(true);
    }
  },
);
