import { expect, test, vi } from 'vitest';
import { createQuietConversation } from '../../test/create-quiet-conversation.ts';
import type { MessageQuery, StoredMessage } from '../sdk/conversation.ts';
import { findStaleCopy } from './find-stale-copy.ts';

const hourNs = 3_600_000_000_000n;

/** A conversation of 1,000 messages, an hour between them, that counts the rows between the bounds of each question. */
function longConversation(id: string) {
  const rows = Array.from({ length: 1_000 }, (_, index) => ({
    id: `${id}-${index}`,
    sentAtNs: BigInt(index) * hourNs,
  }));
  const looked: number[] = [];
  const isMember = vi.fn(() => true);
  const conversation = createQuietConversation({
    id,
    isMember,
    async messages({ sentAfterNs = -1n, sentBeforeNs = 1_000n * hourNs, limit }: MessageQuery) {
      const within = rows.filter(({ sentAtNs }) => sentAtNs > sentAfterNs && sentAtNs < sentBeforeNs);
      looked.push(within.length);
      return within.slice(0, limit) as StoredMessage[];
    },
  });
  return { conversation, looked, isMember, newestNs: rows.at(-1)!.sentAtNs };
}

test('where the network has nothing newer, a start looks at one message and does not look into its keys', async () => {
  const all = Array.from({ length: 40 }, (_, index) => longConversation(String(index)));
  const withNews = all[17]!;
  const since = vi.fn(async function* none() {});
  const found = await findStaleCopy({
    client: {
      inboxId: 'us',
      inPages: false,
      message: () => null,
      posts: {
        newest: async (ids) =>
          new Map(
            ids.map((id) => [
              id,
              { id: 1n, atNs: all[Number(id)]!.newestNs + (id === withNews.conversation.id ? 1n : 0n) },
            ]),
          ),
        since,
      },
    },
    conversations: all.map(({ conversation }) => conversation),
    isOpenIn: (id) => id === '3',
    attemptsIn: () => [],
    now: () => 0,
  });
  expect(found).toBeNull();
  expect(all.map(({ looked }) => looked.join())).toEqual(
    all.map((each, index) => (index === 3 ? '' : each === withNews ? '0' : '1')),
  );
  expect(all.filter(({ isMember }) => isMember.mock.calls.length > 0)).toEqual([withNews]);
  expect(since.mock.calls).toEqual([['17', new Map([[0, 0n]])]]);
});
