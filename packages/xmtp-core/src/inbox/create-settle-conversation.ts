import { callsAs } from '../governor/call-class.ts';
import type { ConsentKeeper } from './consent-types.ts';
import type { BookedConversation, ConversationBook } from './create-conversation-book.ts';
import type { DroppedTexts } from './create-dropped-texts.ts';
import type { Standings } from './open-standings.ts';

/** Between two looks at who is in a conversation in which nobody has written. */
const silentLookMs = 600_000;
/** Whoever makes a direct message writes into it a moment later; what comes when it is denied already is seen later. */
const firstWordsMs = 3_000;

/** Draws the conclusions of what was read in a conversation. */
export interface SettleConversation {
  /** Goes on listening to it, or denies it. */
  settle(conversation: BookedConversation, result: { admitted: number; dropped: number }): Promise<void>;
  /** Strangers make conversations without writing into them; each would be synced and listened to for ever. */
  lookAtSilent(conversation: BookedConversation): Promise<void>;
}

export function createSettleConversation(options: {
  book: Pick<ConversationBook, 'remove'>;
  consent: ConsentKeeper;
  texts: DroppedTexts;
  standings: Standings;
  elapsed: () => number;
}): SettleConversation {
  const { book, consent, texts, standings, elapsed } = options;
  return {
    async settle(conversation, result) {
      if (result.dropped > 0) {
        texts.sweep();
        standings.seen();
        if (texts.isOverBudget(conversation.groupId) && (await consent.denyForToday(conversation))) {
          book.remove(conversation.groupId);
          return;
        }
      }
      if (result.admitted > 0) consent.allow(conversation);
      else if (result.dropped > 0 && (await consent.denyIfUnwanted(conversation))) book.remove(conversation.groupId);
    },

    async lookAtSilent(conversation) {
      const graceMs = conversation.type === 'dm' ? firstWordsMs : 0;
      conversation.lookedAt ??= elapsed() - silentLookMs + graceMs;
      if (conversation.lookedAt + silentLookMs > elapsed() || !consent.isUndecided(conversation)) return;
      conversation.lookedAt = elapsed();
      const deny = () => consent.denyIfUnwanted(conversation, 'silent');
      if (await callsAs('stranger', deny)) book.remove(conversation.groupId);
    },
  };
}
