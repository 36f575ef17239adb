import type { OpenParts } from '../types.ts';
import { keyOfSend } from './key-of-send.ts';
import { prepareContent, requireReplyable, type Saying } from './prepare-content.ts';
import { requireSent } from './require-sent.ts';
import type { MessageRequest, SentMessage } from './send-message.ts';

/** What to send, and into which conversation. */
export interface ConversationRequest extends Saying, Pick<MessageRequest, 'replyTo' | 'idempotencyKey' | 'signal'> {
  conversationId: string;
}

/**
 * A message's way out into a conversation that is there: scrubbed, sent once. Resolves when the network has it.
 * @throws AgentError as `prepareContent`, UPLOAD_FAILED, OUTCOME_UNKNOWN
 * @throws MailboxError CONVERSATION_NOT_FOUND, NOT_A_MEMBER, …
 */
export async function sendToConversation(
  { home, mailbox, keySpace }: OpenParts & { keySpace: string },
  request: ConversationRequest,
): Promise<Pick<SentMessage, 'id' | 'conversationId' | 'replayed' | 'scrubbed'>> {
  const { conversationId, replyTo, idempotencyKey, signal } = request;
  const { say, isReplyable, scrubbed } = prepareContent(request, home);
  requireReplyable(replyTo, isReplyable);
  const { key, callersKey, isCallersKey } = keyOfSend(keySpace, idempotencyKey);
  const result = await mailbox.send({
    to: { conversationId },
    ...(await say({ mailbox, key, signal })),
    replyTo,
    idempotencyKey: key,
    keepsKey: isCallersKey,
    signal,
  });
  requireSent(result, { key: callersKey, hint: home.hints.sendAgain });
  return { id: result.messageId, conversationId: result.conversationId, replayed: result.replayed, scrubbed };
}
