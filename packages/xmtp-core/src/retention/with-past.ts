import { contentTypeName } from '../content/decode-message.ts';
import type { InboundStore } from '../inbox/create-inbound-store.ts';
import type { StoredMessage } from '../sdk/conversation.ts';
import type { InboundRecord } from '../types.ts';
import type { PastRecord, PastStore } from './create-past-store.ts';

/** Accepted messages by their ids, those as well that are not listed any more: what the journal forgot of them the database knows. */
export function withPast(
  inbound: InboundStore,
  { past, find }: { past: PastStore; find: (messageId: string) => StoredMessage | null },
): InboundStore {
  const complete = (kept: PastRecord): InboundRecord | null => {
    const message = find(kept.messageId);
    if (message === null) return null;
    const { groupId, senderInboxId, sentAtNs, content } = message;
    return {
      ...kept,
      conversationId: kept.conversationType === 'dm' ? (past.directWith(senderInboxId) ?? groupId) : groupId,
      senderInboxId,
      senderAddresses: past.addressesOf(senderInboxId),
      contentType: contentTypeName(content),
      sentAt: Number(sentAtNs / 1_000_000n),
      attempts: 0,
      nextAttemptAt: null,
      lastError: null,
    };
  };
  return {
    ...inbound,
    has: (messageId) => inbound.has(messageId) || past.has(messageId),
    get(messageId) {
      const record = inbound.get(messageId);
      if (record !== null) return record;
      const kept = past.get(messageId);
      return kept === null ? null : complete(kept);
    },
  };
}
