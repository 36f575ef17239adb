import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import type { AgentMessage, MessageView } from './create-message-view.ts';

/** What heard people think of a message, as it stands now. */
export interface ShownReaction {
  /** Id of the message that is the reaction. */
  id: string;
  /** Who gave it. */
  from: AgentMessage['from'];
  /** The sender's, by the rules for text. */
  content: string;
  /** What `content` is: `unicode` (an emoji), `shortcode`, `custom` or `unknown`. */
  schema: string;
  /** ISO 8601. */
  sentAt: string;
}

/** Reactions that were given and not taken back, oldest first. @param attached What belongs to one message, oldest first */
export function showReactions(attached: readonly InboundMessage[], view: MessageView): ShownReaction[] {
  const standing = new Map<string, InboundMessage>();
  for (const message of attached) {
    const { content } = message;
    if (message.type !== 'reaction' || content === null || !('action' in content)) continue;
    const key = JSON.stringify([message.senderInboxId, content.content]);
    if (content.action === 'added') standing.set(key, message);
    if (content.action === 'removed') standing.delete(key);
  }
  return [...standing.values()].flatMap((message) => {
    const { id, from, sentAt, content } = view(message);
    return content !== null && 'action' in content
      ? [{ id, from, content: content.content, schema: content.schema, sentAt }]
      : [];
  });
}
