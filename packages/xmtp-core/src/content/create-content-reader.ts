import type { StoredMessage } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { InboundRecord } from '../types.ts';
import { createMessageCache } from './create-message-cache.ts';
import { type AttachmentPart, findAttachments } from './find-attachments.ts';
import { type DecodedContent, decodeMessage, goneMessage } from './decode-message.ts';

/** What the journal knows of a message that is to be read. */
export type ReadableMessage = Pick<InboundRecord, 'messageId' | 'contentType' | 'expiresAt'>;

/** Reads what messages say: from memory while they are new, from the SDK's database afterwards. */
export interface ContentReader {
  /** Decodes a message that was admitted just now, and keeps it for its delivery. */
  keep(message: StoredMessage): DecodedContent;
  /** The files of a message, read from the database; none when it is gone. */
  attachments: (message: Pick<ReadableMessage, 'messageId' | 'expiresAt'>) => AttachmentPart[];
  /** What was taken back or has disappeared says so, and nothing else. */
  read: (message: ReadableMessage) => DecodedContent;
  forget: (messageId: string) => void;
}

export function createContentReader(options: {
  client: Pick<NativeClient, 'message'>;
  isDeleted: (messageId: string) => boolean;
  now: () => number;
}): ContentReader {
  const { client, isDeleted, now } = options;
  const cache = createMessageCache();
  const whyGone = ({ messageId, expiresAt }: Pick<ReadableMessage, 'messageId' | 'expiresAt'>) => {
    if (isDeleted(messageId)) return 'deleted';
    return expiresAt !== null && expiresAt <= now() ? 'expired' : null;
  };
  return {
    keep(message) {
      const content = decodeMessage(message);
      cache.set(message.id, content);
      return content;
    },
    read({ messageId, contentType, expiresAt }) {
      const gone = whyGone({ messageId, expiresAt });
      if (gone !== null) return goneMessage(contentType, gone);
      const cached = cache.get(messageId);
      if (cached !== undefined) return cached;
      const message = client.message(messageId);
      // The database deletes nothing but what has disappeared in its time.
      return message === null ? goneMessage(contentType, 'expired') : decodeMessage(message);
    },
    attachments(readable) {
      const message = whyGone(readable) === null ? client.message(readable.messageId) : null;
      return message === null ? [] : findAttachments(message.content);
    },
    forget: cache.delete,
  };
}
