import type { NativeClient } from '../sdk/native-client.ts';
import { deliveryStatus, type NativeConversation } from '../sdk/native-types.ts';

/** Where a stored message stands. */
export type PublishState = 'published' | 'unpublished' | 'failed';

export function publishState(client: NativeClient, messageId: string): PublishState {
  let status: number | undefined;
  try {
    status = client.message(messageId)?.deliveryStatus;
  } catch {
    // The database is busy or released: nothing is known, so nothing is settled.
    return 'unpublished';
  }
  if (status === deliveryStatus.published) return 'published';
  return status === deliveryStatus.unpublished ? 'unpublished' : 'failed';
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
