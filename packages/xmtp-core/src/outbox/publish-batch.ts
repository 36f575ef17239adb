import type { NativeClient } from '../sdk/native-client.ts';
import { deliveryStatus, type NativeConversation } from '../sdk/native-types.ts';

/** Where a stored message stands. `gone`: the SDK's database does not have it. */
export type PublishState = 'published' | 'unpublished' | 'gone';

export function publishState(client: NativeClient, messageId: string): PublishState {
  try {
    const message = client.message(messageId);
    if (message === null) return 'gone';
    // "Failed" is what the SDK makes of three attempts that could not even encrypt it, on a full disk for example. It
    // was never sent, and by its id it still can be.
    return message.deliveryStatus === deliveryStatus.published ? 'published' : 'unpublished';
  } catch {
    // The database is busy or released: nothing is known, so nothing is settled.
    return 'unpublished';
  }
}

/**
 * One attempt to publish what is stored. Its errors say nothing: "failed" may have been sent, and success is only what
 * the status says afterwards. The first attempt publishes together; later ones by id, in order, each only after
 * the one before it is out, since the SDK never resends a stranded message by itself.
 * @returns The last error of the SDK, for the operator; `null` when there was none.
 */
export async function publishBatch(
  client: NativeClient,
  conversation: NativeConversation,
  messageIds: readonly string[],
  attempt: 'together' | 'single',
): Promise<unknown> {
  try {
    if (attempt === 'together') {
      await conversation.publishMessages();
      return null;
    }
    for (const [index, id] of messageIds.entries()) {
      if (index > 0 && publishState(client, messageIds[index - 1]!) === 'unpublished') return null;
      await conversation.publishStoredMessage(id);
    }
    return null;
  } catch (error) {
    return error;
  }
}
