import { wallClock } from '@xmtp-messaging/errors';
import type { Conversation } from '../../sdk/conversation.ts';
import type { NativeClient } from '../../sdk/native-client.ts';
import type { Digests } from '../create-digests.ts';
import type { UnclaimedMessage } from './match-intents.ts';
import type { OutboundItem } from '../create-outbound-item.ts';
import type { OutboundStore } from '../create-outbound-store.ts';

interface Sources {
  client: NativeClient;
  outbound: Pick<OutboundStore, 'hasMessage'>;
  digests: Digests;
}

/** The clock may have moved between journal and database. */
const slackMs = 600_000;

/**
 * Our own messages since `since` (milliseconds) that no journal row names, oldest first. A direct message lists what its
 * duplicates hold as well; that is not meant here.
 */
export async function unclaimedMessages(
  { client, outbound, digests }: Sources,
  conversation: Conversation,
  since: number,
): Promise<UnclaimedMessage[]> {
  const messages = await conversation.messages({ sentAfterNs: BigInt(since - slackMs) * 1_000_000n });
  return messages
    .filter(
      ({ id, groupId, senderInboxId }) =>
        groupId === conversation.id && senderInboxId === client.inboxId && !outbound.hasMessage(id),
    )
    .map((message) => ({ id: message.id, contentDigest: digests.content(message.content) }));
}

/** Whether a store that seemed to fail left its message behind. */
export function findStoredMessage(
  sources: Sources,
): (conversation: Conversation, item: OutboundItem) => Promise<string | null> {
  return async (conversation, item) => {
    const messages = await unclaimedMessages(sources, conversation, wallClock());
    return messages.find(({ contentDigest }) => contentDigest === item.contentDigest)?.id ?? null;
  };
}
