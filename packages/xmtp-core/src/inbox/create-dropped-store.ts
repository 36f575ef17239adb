import type { Journal } from '../journal/open-journal.ts';
import type { Address, DroppedSender } from '../types.ts';

/** A message that was looked at and not admitted. */
export interface DroppedMessage {
  messageId: string;
  insertedNs: bigint;
}

/** Whom it was of and why, for the operator. */
export interface Drop {
  senderInboxId: string;
  senderAddresses: readonly Address[];
  reason: string;
  at: number;
  /** Where. @default 'dm' */
  conversationType?: 'dm' | 'group' | undefined;
  /** Whether the operator knows nobody of that inbox. @default true */
  isStranger?: boolean | undefined;
}

/** The journal's part for what was dropped: ids to skip, and one bounded line for each sender and reason. */
export interface DroppedStore {
  has(messageId: string): boolean;
  /** Is not looked at again, and counts against nobody. */
  skip(message: { messageId: string; insertedNs: bigint }): void;
  drop(message: DroppedMessage, drop: Drop): void;
  /** Whether such a message is to be decided on once more: its id is known no longer. */
  forget(messageId: string): void;
  /** More may have been sent than was ever fetched. */
  markAtLeast(senderInboxIds: readonly string[]): void;
  /** What is known of a sender's addresses. */
  addressesOf(senderInboxId: string): readonly Address[];
  /** Up to which time what a sender wrote is lost, since its text was deleted. Milliseconds by the network's clock, 0 for nothing. */
  lostUntil: (senderInboxId: string) => number;
  /** Forgets ids that no scan can meet any more. */
  prune(beforeNs: bigint): void;
  /** Those whom the operator knows first, and the newest of each kind. @param limit default all */
  dropped(limit?: number): DroppedSender[];
  total(): number;
}

/** Lines kept in `dropped_senders`; a stranger with many inboxes must not fill the disk. Theirs go first. */
const maxDroppedRows = 10_000;

export function createDroppedStore(journal: Journal): DroppedStore {
  const has = journal.prepare('select 1 from dropped_messages where message_id = ?');
  const skip = journal.prepare('insert or ignore into dropped_messages (message_id, inserted_ns) values (?, ?)');
  const drop = journal.prepare(
    `insert into dropped_senders (sender_inbox_id, reason, sender_addresses, count, first_at, last_at, conversation_type, stranger)
     values (?, ?, ?, 1, ?, ?, ?, ?) on conflict do update set
       count = count + 1, last_at = excluded.last_at, sender_addresses = excluded.sender_addresses,
       conversation_type = excluded.conversation_type, stranger = excluded.stranger`,
  );
  const prune = journal.prepare('delete from dropped_messages where inserted_ns < ?');
  const forget = journal.prepare('delete from dropped_messages where message_id = ?');
  const markAtLeast = journal.prepare(
    'update dropped_senders set at_least = 1 where sender_inbox_id in (select value from json_each(?))',
  );
  const addressesOf = journal.prepare('select sender_addresses from dropped_senders where sender_inbox_id = ?');
  const lostUntil = journal.prepare('select max(lost_until_us) as us from dropped_senders where sender_inbox_id = ?');
  const tally = journal.prepare('select count from tally where name = ?');
  const count = (name: 'dropped' | 'dropped-rows') => Number(tally.get(name)?.['count'] ?? 0);
  const addTotal = journal.prepare(`update tally set count = count + 1 where name = 'dropped'`);
  const trim = journal.prepare(
    `delete from dropped_senders where (sender_inbox_id, reason) in
       (select sender_inbox_id, reason from dropped_senders order by stranger desc, last_at limit ?)`,
  );
  const dropped = journal.prepare('select * from dropped_senders order by stranger, last_at desc limit ?');

  return {
    has: (id) => has.get(id) !== undefined,
    drop(
      { messageId, insertedNs },
      { senderInboxId, senderAddresses, reason, at, conversationType = 'dm', isStranger = true },
    ) {
      journal.write(() => {
        if (Number(skip.run(messageId, insertedNs).changes) === 0) return;
        drop.run(senderInboxId, reason, JSON.stringify(senderAddresses), at, at, conversationType, isStranger ? 1 : 0);
        addTotal.run();
      });
    },
    forget(messageId) {
      journal.run(forget, messageId);
    },
    markAtLeast(senderInboxIds) {
      journal.write(() => markAtLeast.run(JSON.stringify(senderInboxIds)));
    },
    addressesOf: (senderInboxId) => [
      ...new Set(
        addressesOf.all(senderInboxId).flatMap((row) => JSON.parse(String(row['sender_addresses'])) as Address[]),
      ),
    ],
    lostUntil: (senderInboxId) => Number(lostUntil.get(senderInboxId)?.['us'] ?? 0) / 1_000,
    skip: ({ messageId, insertedNs }) => void journal.write(() => skip.run(messageId, insertedNs)),
    prune(beforeNs) {
      journal.write(() => {
        prune.run(beforeNs);
        const excess = count('dropped-rows') - maxDroppedRows;
        if (excess > 0) trim.run(excess);
      });
    },
    dropped: (limit = maxDroppedRows) =>
      dropped.all(limit).map((row) => ({
        senderInboxId: String(row['sender_inbox_id']),
        senderAddresses: JSON.parse(String(row['sender_addresses'])) as Address[],
        reason: String(row['reason']),
        conversationType: row['conversation_type'] as DroppedSender['conversationType'],
        isStranger: row['stranger'] === 1,
        count: Number(row['count']),
        atLeast: row['at_least'] === 1,
        firstAt: Number(row['first_at']),
        lastAt: Number(row['last_at']),
      })),
    total: () => count('dropped'),
  };
}
