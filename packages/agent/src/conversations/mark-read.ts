import { encodeOutbound } from '@xmtp-messaging/xmtp-core';
import { keyPrefixes } from '../outbound/key-prefixes.ts';
import type { OpenParts } from '../types.ts';
import { requireConversation } from './require-conversation.ts';

/** What became of what was unread. */
export interface MarkedRead {
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** Messages that are read now and were not before. */
  marked: number;
  /** Id of the receipt; `null` when there was nothing to tell, or nobody there to be told. */
  receiptId: string | null;
}

/**
 * Marks what was heard in a conversation as read, and sends a read receipt. One for each time that something was unread:
 * asking again sends nothing. Nobody is told who is not heard, and nothing where the agent is no member any more.
 * @throws AgentError CONVERSATION_NOT_FOUND
 * @throws MailboxError
 */
export async function markRead(
  { mailbox }: Pick<OpenParts, 'mailbox'>,
  { conversationId, signal }: { conversationId: string; signal?: AbortSignal | undefined },
): Promise<MarkedRead> {
  const { conversations } = mailbox;
  const { id, unread, isHeard, isMember } = await requireConversation(mailbox, conversationId);
  const seq = conversations.lastSeq(id);
  const receipt =
    unread > 0 && isHeard && isMember
      ? await mailbox.send({
          to: { conversationId: id },
          content: encodeOutbound({ type: 'readReceipt', content: {} }),
          idempotencyKey: `${keyPrefixes.read}${id}:${seq}`,
          signal,
        })
      : null;
  // What came while the receipt was on its way is unread still.
  conversations.markRead(id, seq);
  return { conversationId: id, marked: unread, receiptId: receipt?.messageId ?? null };
}
