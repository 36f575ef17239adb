import type { OpenParts } from '../types.ts';
import type { AgentMessage } from './create-message-view.ts';
import type { SentMessageView } from '../conversations/create-conversation-view.ts';
import { type ShownReaction, showReactions } from './show-reactions.ts';

/** A message, and what belongs to it. */
export type AgentMessageDetail = (AgentMessage | SentMessageView) & { reactions: ShownReaction[] };

/** Reactions that are looked at; the rest of a flood is not. */
const maxAttached = 1_000;

/** One that was heard, or that this agent wrote; `null` for every other id. */
export async function readMessage(
  {
    home,
    mailbox,
  }: {
    /** Shows it. */
    home: Pick<OpenParts['home'], 'view' | 'conversationView'>;
    /** Where it is looked for. */
    mailbox: Pick<OpenParts['mailbox'], 'inbox' | 'conversations'>;
  },
  id: string,
): Promise<AgentMessageDetail | null> {
  const message = await mailbox.conversations.message(id);
  if (message === null) return null;
  const attached = await mailbox.inbox.attached(id, { limit: maxAttached });
  return { ...home.conversationView.message(message), reactions: showReactions(attached, home.view) };
}
