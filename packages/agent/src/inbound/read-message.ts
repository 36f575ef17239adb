import type { OpenParts } from '../types.ts';
import type { AgentMessage } from './create-message-view.ts';
import { type ShownReaction, showReactions } from './show-reactions.ts';

/** A message, and what belongs to it. */
export interface AgentMessageDetail extends AgentMessage {
  reactions: ShownReaction[];
}

/** Reactions that are looked at; the rest of a flood is not. */
const maxAttached = 1_000;

/** `null` when the id is unknown. */
export async function readMessage(
  { home, mailbox }: { home: Pick<OpenParts['home'], 'view'>; mailbox: Pick<OpenParts['mailbox'], 'inbox'> },
  id: string,
): Promise<AgentMessageDetail | null> {
  const message = await mailbox.inbox.get(id);
  if (message === null) return null;
  const attached = await mailbox.inbox.attached(id, { limit: maxAttached });
  return { ...home.view(message), reactions: showReactions(attached, home.view) };
}
