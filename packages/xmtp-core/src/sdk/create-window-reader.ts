import { wallClock } from '@xmtp-messaging/errors';
import type { Conversation, MessageQuery, StoredMessage } from './conversation.ts';

/** Some of a conversation, in the order of the network's stamps: the first `limit` from the near end. */
export type WindowQuery = Omit<MessageQuery, 'insertedAfterNs'> & { limit: number };

/** How far the first window reaches, nanoseconds, and the narrowest. */
const firstNs = 60_000_000_000n;
const narrowestNs = 1_000_000_000n;
/** How much wider the next window is, at least and at most. */
const [least, most] = [4, 64];

/**
 * Gives what `messages` would, and lets the database look at little more than that. For one conversation it always asks for a set of
 * groups, the duplicates of a direct message, and so cannot stop at the limit: it reads and sorts whatever lies between the
 * bounds, all of a long conversation where there are none. Here each question has bounds, from the near end as far as the last
 * answer reached, and is asked again with wider ones until there is enough.
 */
export function createWindowReader(
  conversation: Pick<Conversation, 'messages' | 'createdAtNs'>,
  { now = wallClock }: { now?: (() => number) | undefined } = {},
): (query: WindowQuery) => Promise<StoredMessage[]> {
  let widthNs = firstNs;
  return async (query) => {
    const { newestFirst = false, sentAfterNs, sentBeforeNs, limit } = query;
    const [beginNs, endNs] = [conversation.createdAtNs(), BigInt(Math.floor(now())) * 1_000_000n];
    for (;;) {
      const edgeNs = newestFirst ? (sentBeforeNs ?? endNs) - widthNs : (sentAfterNs ?? beginNs) + widthNs;
      const isAll = newestFirst ? edgeNs <= (sentAfterNs ?? beginNs) : edgeNs >= (sentBeforeNs ?? endNs);
      const window = newestFirst ? { sentAfterNs: edgeNs } : { sentBeforeNs: edgeNs };
      const rows = await conversation.messages(isAll ? query : { ...query, ...window });
      if (isAll || rows.length >= limit) {
        if (rows.length >= limit) widthNs = widthOf(rows);
        return rows;
      }
      const missing = rows.length === 0 ? most : Math.ceil((1.5 * limit) / rows.length);
      widthNs *= BigInt(Math.min(most, Math.max(least, missing)));
    }
  };
}

/** What would have been enough, and half as much again. */
function widthOf(rows: readonly StoredMessage[]): bigint {
  const [first, last] = [rows[0]?.sentAtNs ?? 0n, rows.at(-1)?.sentAtNs ?? 0n];
  const spanNs = ((first > last ? first - last : last - first) * 3n) / 2n;
  return spanNs > narrowestNs ? spanNs : narrowestNs;
}
