import type { Cost } from '../governor/types.ts';
import type { ConversationBook } from '../inbox/create-conversation-book.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import { type Bell, createBell } from './create-bell.ts';

/** A question for the newest welcome and two subscriptions. */
const bellCost: Cost = { reads: 3, writes: 0 };

/** The bell over the conversations of a book, each of its questions counted. */
export function openBell(options: {
  client: Pick<NativeClient, 'connectBell' | 'calls'>;
  book: Pick<ConversationBook, 'cursors' | 'all'>;
  isEnabled: boolean;
  now: () => number;
  random: () => number;
}): Bell {
  const { client, book, isEnabled, now, random } = options;
  return createBell({
    connect: isEnabled ? client.connectBell : null,
    cursors: book.cursors,
    async groups({ urgent }) {
      await client.calls.run({ class: urgent ? 'receive' : 'background', cost: bellCost }, () => Promise.resolve());
      return await book.cursors(book.all().map(({ groupId }) => groupId));
    },
    onAdd: () => client.calls.charge({ reads: 1, writes: 0 }),
    beat: client.calls.beat,
    now,
    random,
  });
}
