import type { StoredMessage } from './conversation.ts';
import { changeMessage, deliveryStatus, type Message } from './native-types.ts';

/** What we use of a message of the binding. */
export function toStoredMessage(message: Message): StoredMessage {
  const { id, convoId, senderInboxId, sentAtNs, insertedAtNs, content } = message;
  // "Failed" is what the SDK makes of three attempts that could not even encrypt it, on a full disk for example. It
  // was never sent, and by its id it still can be.
  const isPublished = message.deliveryStatus === deliveryStatus.published;
  return {
    id,
    groupId: convoId,
    senderInboxId,
    sentAtNs,
    insertedAtNs,
    content,
    isPublished,
    isChange: message.kind === changeMessage,
  };
}
