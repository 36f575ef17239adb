import type { StoredMessage } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import { createMessageCache } from './create-message-cache.ts';
import { type DecodedContent, decodeMessage } from './decode-message.ts';
import { type AttachmentPart, findAttachments } from './find-attachments.ts';

/** Reads what messages say: from memory while they are new, from the SDK's database afterwards. */
export interface ContentReader {
  /** Decodes a message that was admitted just now, and keeps it for its delivery. */
  keep(message: StoredMessage): DecodedContent;
  read: (messageId: string) => DecodedContent;
  /** The files of a message, read from the database; none when it is gone. */
  attachments: (messageId: string) => AttachmentPart[];
  forget: (messageId: string) => void;
}

export function createContentReader(client: Pick<NativeClient, 'message' | 'reply'>): ContentReader {
  const cache = createMessageCache();
  return {
    keep(message) {
      const content = decodeMessage(message, client.reply);
      cache.set(message.id, content);
      return content;
    },
    read(messageId) {
      const cached = cache.get(messageId);
      if (cached !== undefined) return cached;
      const message = client.message(messageId);
      return message === null ? { text: null, replyTo: null } : decodeMessage(message, client.reply);
    },
    attachments(messageId) {
      const message = client.message(messageId);
      return message === null ? [] : findAttachments(message.content);
    },
    forget: cache.delete,
  };
}
