import type { DroppedStore } from './create-dropped-store.ts';
import type { DroppedText, DroppedTexts } from './create-dropped-texts.ts';
import type { Standings } from './open-standings.ts';
import type { WaitingStore } from './create-waiting-store.ts';
import type { Address } from '../types.ts';

/** Has what was dropped of those who were admitted since decided on again, where that is wanted. It keeps its order. */
export function createShowKnocks(options: {
  dropped: DroppedStore;
  texts: DroppedTexts;
  waiting: WaitingStore;
  standings: Standings;
  now: () => number;
}): () => void {
  const { dropped, texts, waiting, standings, now } = options;
  const askAgain = (found: readonly DroppedText[]) => {
    for (const { messageId, groupId, senderInboxId, sentAt, id: conversationId, type: conversationType } of found) {
      const place = { groupId, conversationId, conversationType };
      const senderAddresses = dropped.addressesOf(senderInboxId) as Address[];
      const judgement = standings.judge({ ...place, senderInboxId, senderAddresses, sentAt });
      // It would be dropped once more.
      if (judgement === 'dropped' || judgement === 'refused') continue;
      waiting.add({ ...place, messageId, senderInboxId, reason: 'knock', since: now() });
      dropped.forget(messageId);
      texts.forget(messageId);
    }
  };
  return () => {
    for (const senderInboxId of texts.senders()) {
      if (standings.isShown(dropped.addressesOf(senderInboxId))) askAgain(texts.ofStranger(senderInboxId));
    }
    for (const groupId of texts.groupsOutside()) {
      if (standings.isGroupShown(groupId)) askAgain(texts.outside(groupId));
    }
  };
}
