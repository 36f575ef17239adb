import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { OutboundContent } from '../sdk/conversation.ts';
import type { SendRequest } from '../types.ts';

/**
 * Digests that let the journal recognise a request or a message without holding its text. They are keyed:
 * a plain hash of a short text could be guessed by whoever reads the journal.
 */
export interface Digests {
  request(request: SendRequest): string;
  content(content: OutboundContent): string;
}

export function createDigests(encryptionKey: Uint8Array): Digests {
  const secret = hkdfSync('sha256', encryptionKey, '', 'xmtp-messaging journal digests', 32);
  const key = createSecretKey(Buffer.from(secret));
  const digest = (value: unknown) => createHmac('sha256', key).update(JSON.stringify(value)).digest('base64url');
  return {
    request({ to, text, contentType = 'text', replyTo }) {
      const target = 'address' in to ? ['address', to.address.toLowerCase()] : ['conversation', to.conversationId];
      return digest([target, text, contentType, replyTo ?? null]);
    },
    content: ({ text, contentType, replyTo }) => digest([text, replyTo === null ? contentType : 'reply', replyTo]),
  };
}
