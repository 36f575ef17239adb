import type { Conversation } from '../api/types.ts';
import { texts } from '../texts.ts';
import { shorten } from '../ui/format.ts';
import { InertText } from '../ui/inert-text.tsx';

/** What a conversation is called: the other one, or the title that members gave a group. */
export function ConversationName({ conversation }: { conversation: Conversation }) {
  const { type, title, peers, id } = conversation;
  if (type === 'group') return <InertText text={title ?? `${texts.conversations.group} ${shorten(id)}`} />;
  const [peer] = peers;
  if (peer === undefined) return <code>{shorten(id)}</code>;
  if (peer.name !== null) return <InertText text={peer.name} />;
  return <code>{shorten(peer.address ?? peer.inboxId)}</code>;
}
