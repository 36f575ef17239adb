import type { StoredMessage } from '../sdk/conversation.ts';
import { contentTypeNameOf } from './content-type-ids.ts';
import { contentTypeName, decodeMessage } from './decode-message.ts';

const messageId = /^[0-9a-f]{64}$/;
/** A deletion names one message; it needs no more than that, and is read of senders who are not heard, too. */
const maxDeletionBytes = 256;

/** The message that a reaction or a deletion belongs to; `null` for every other type. */
export function targetOf(message: Pick<StoredMessage, 'content'>): string | null {
  const type = contentTypeNameOf(contentTypeName(message.content));
  if (type !== 'reaction' && type !== 'deleteMessage') return null;
  const { content } = decodeMessage(message);
  if (content === null) return null;
  const target = 'messageId' in content ? content.messageId : 'reference' in content ? content.reference : '';
  return messageId.test(target) ? target : null;
}

/** The message that this one means to take back: an id, and nothing else of it is read. */
export function deletionTarget(message: Pick<StoredMessage, 'content'>): string | null {
  const { content } = message;
  const isDeletion = contentTypeNameOf(contentTypeName(content)) === 'deleteMessage';
  return isDeletion && content.content.length <= maxDeletionBytes ? targetOf(message) : null;
}
