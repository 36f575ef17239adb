import { createHash, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { StoredContent } from '../sdk/conversation.ts';
import type { SendRequest } from '../types.ts';

/**
 * Digests that let the journal recognise a request or a message without holding its text. They are keyed:
 * a plain hash of a short text could be guessed by whoever reads the journal.
 */
export interface Digests {
  request(request: SendRequest): string;
  content(content: StoredContent): string;
}

export function createDigests(encryptionKey: Uint8Array): Digests {
  const secret = hkdfSync('sha256', encryptionKey, '', 'xmtp-messaging journal digests', 32);
  const key = createSecretKey(Buffer.from(secret));
  const digest = (value: unknown) => createHmac('sha256', key).update(JSON.stringify(value)).digest('base64url');
  return {
    request(request) {
      const { to, replyTo = null } = request;
      const target = 'address' in to ? ['address', to.address.toLowerCase()] : ['conversation', to.conversationId];
      if (request.content !== undefined) return digest([target, canonical(request.content), replyTo]);
      return digest([target, request.text, request.contentType ?? 'text', replyTo]);
    },
    content: (content) => digest(canonical(content)),
  };
}

/** One spelling of the same content: the SDK gives parameters back in any order. */
function canonical({ type, parameters, fallback, compression, content }: StoredContent): unknown {
  const { authorityId, typeId, versionMajor, versionMinor } = type ?? {};
  return [
    [authorityId, typeId, versionMajor, versionMinor],
    Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    fallback ?? null,
    compression ?? null,
    createHash('sha256').update(content).digest('hex'),
  ];
}
