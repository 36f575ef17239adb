import { encodeReply } from '../content/encode-reply.ts';
import { encodeText } from '../content/encode-text.ts';
import type { StoredContent } from '../sdk/conversation.ts';
import type { SendRequest } from '../types.ts';

/** What is asked to be sent, as it travels. */
export function encodeRequest({ text, contentType, content, replyTo }: SendRequest): StoredContent {
  const encoded = content ?? encodeText(text ?? '', contentType);
  return replyTo === undefined ? encoded : encodeReply(encoded, replyTo);
}
