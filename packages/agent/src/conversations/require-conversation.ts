import type { ConversationSummary, Mailbox } from '@xmtp-messaging/xmtp-core';
import { AgentError } from '../errors.ts';

/** @throws AgentError CONVERSATION_NOT_FOUND */
export async function requireConversation({ conversations }: Mailbox, id: string): Promise<ConversationSummary> {
  const found = await conversations.get(id);
  if (found === null) throw new AgentError({ code: 'CONVERSATION_NOT_FOUND' });
  return found;
}
