import type { Client, DecodedMessage } from '@xmtp/node-sdk';

/** Syncs and reads a conversation, one at a time for each; what came meanwhile is found by the reading that follows. */
export function createSafeReader(
  client: Client<unknown>,
  onMessage: (message: DecodedMessage) => void,
): (conversationId: string) => Promise<void> {
  const seen = new Set<string>();
  const readUpTo = new Map<string, bigint>();
  const turns = new Map<string, Promise<void>>();

  const read = async (conversationId: string): Promise<void> => {
    const conversation = await client.conversations.getConversationById(conversationId);
    if (conversation === undefined) return;
    await conversation.sync();
    const sentAfterNs = (readUpTo.get(conversationId) ?? 1n) - 1n;
    for (const message of await conversation.messages({ sentAfterNs })) {
      if (seen.has(message.id)) continue;
      seen.add(message.id);
      readUpTo.set(conversationId, message.sentAtNs);
      if (message.senderInboxId !== client.inboxId && typeof message.content === 'string') onMessage(message);
    }
  };

  return (conversationId) => {
    const turn = (turns.get(conversationId) ?? Promise.resolve()).then(() => read(conversationId));
    turns.set(
      conversationId,
      turn.catch(() => {}),
    );
    return turn;
  };
}
