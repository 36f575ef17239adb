import type { Conversation } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';

/** Where a stored message stands. `gone`: the SDK's database does not have it. */
export type PublishState = 'published' | 'unpublished' | 'gone';

export function publishState(client: Pick<NativeClient, 'message'>, messageId: string): PublishState {
  try {
    const message = client.message(messageId);
    if (message === null) return 'gone';
    return message.isPublished ? 'published' : 'unpublished';
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
  client: Pick<NativeClient, 'message'>,
  conversation: Pick<Conversation, 'publishQueued' | 'publishOne'>,
  messageIds: readonly string[],
  mode: 'together' | 'single',
): Promise<unknown> {
  try {
    if (mode === 'together') {
      await conversation.publishQueued();
      return null;
    }
    for (const [index, id] of messageIds.entries()) {
      if (index > 0 && publishState(client, messageIds[index - 1]!) === 'unpublished') return null;
      await conversation.publishOne(id);
    }
    return null;
  } catch (error) {
    return error;
  }
}
