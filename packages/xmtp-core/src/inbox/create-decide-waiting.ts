import type { NativeClient } from '../sdk/native-client.ts';
import type { PageConversation } from './page-conversation.ts';
import type { DecidePage, PageOutcome } from './create-decide-page.ts';
import { senderUnknown } from './create-decide-message.ts';
import type { WaitingMessage, WaitingStore } from './create-waiting-store.ts';

/** Messages of a conversation that are decided on together. */
const atOnce = 200;

/**
 * Decides on what could not be decided on before. While the reason is one that holds for everybody, such as a list that cannot be
 * read, the first conversation is asked for and the rest is left alone.
 */
export function createDecideWaiting(options: {
  client: Pick<NativeClient, 'message'>;
  waiting: WaitingStore;
  decidePage: DecidePage;
  /** Runs work on a conversation, never beside other work on it, and sees to what came of it. */
  inTurn: (conversation: PageConversation, work: () => Promise<PageOutcome>) => Promise<void>;
}): () => Promise<{ admitted: number }> {
  const { client, waiting, decidePage, inTurn } = options;

  const decide = async (conversation: PageConversation, rows: readonly WaitingMessage[]) => {
    const since = new Map(rows.map((row) => [row.messageId, row.since]));
    const messages = rows.flatMap(({ messageId }) => {
      const message = client.message(messageId);
      // It disappeared, as its sender wished.
      if (message === null) waiting.remove(messageId);
      return message ?? [];
    });
    return await decidePage(conversation, messages, since);
  };

  const nextAfter = (outcome: PageOutcome, asked: number) => {
    const isForAll =
      outcome.admitted + outcome.dropped === 0 && outcome.waiting > 0 && outcome.reason !== senderUnknown;
    if (isForAll) return 'none';
    // What is left was asked for just now.
    return asked < atOnce || outcome.waiting > 0 || outcome.undecided ? 'other' : 'more';
  };

  return async () => {
    let admitted = 0;
    for (const groupId of waiting.groups()) {
      const state: { next: 'more' | 'other' | 'none' } = { next: 'more' };
      while (state.next === 'more') {
        const rows = waiting.ofGroup(groupId, atOnce);
        const [first] = rows;
        if (first === undefined) break;
        const conversation = { groupId, id: first.conversationId, type: first.conversationType };
        await inTurn(conversation, async () => {
          const outcome = await decide(conversation, rows);
          admitted += outcome.admitted;
          state.next = nextAfter(outcome, rows.length);
          return outcome;
        });
      }
      if (state.next === 'none') break;
    }
    return { admitted };
  };
}
