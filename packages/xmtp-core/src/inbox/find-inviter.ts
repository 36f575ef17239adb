import type { Conversation } from '../sdk/conversation.ts';
import type { Address } from '../types.ts';
import type { DeniedConversation } from './create-denied-store.ts';

/** Who put us into a group, as far as is known without asking; `null` for a direct message. */
export async function findInviter({
  type,
  native,
}: {
  type: 'dm' | 'group';
  native: Conversation;
}): Promise<DeniedConversation['inviter']> {
  const inboxId = type === 'group' ? native.inviterInboxId() : null;
  if (inboxId === null) return null;
  const member = (await native.members()).find((each) => each.inboxId === inboxId);
  return { inboxId, addresses: (member?.addresses ?? []) as readonly Address[] };
}
