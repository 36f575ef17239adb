import type { StoredMessage } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { DroppedTexts } from './create-dropped-texts.ts';

/**
 * Finds a message of this inbox, of any client of it; `null` for any other. What was dropped is not even read: to look for it
 * would take longer than to look for nothing, and so tell that it is there.
 */
export function createFindOwn(options: {
  client: Pick<NativeClient, 'inboxId' | 'message'>;
  texts: Pick<DroppedTexts, 'has'>;
}): (messageId: string) => StoredMessage | null {
  const { client, texts } = options;
  return (messageId) => {
    const message = texts.has(messageId) ? null : client.message(messageId);
    return message?.senderInboxId === client.inboxId ? message : null;
  };
}
