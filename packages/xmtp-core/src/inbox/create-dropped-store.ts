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
}

/** The journal's part for what was dropped: ids to skip, and one bounded line for each sender and reason. */
export interface DroppedStore {
  has(messageId: string): boolean;
  drop(message: DroppedMessage, drop: Drop): void;
  /** Forgets ids that no scan can meet any more. */
  prune(beforeNs: bigint): void;
  dropped(limit: number): DroppedSender[];
  total(): number;
}

/** Lines kept in `dropped_senders`; a stranger with many inboxes must not fill the disk. */
const maxDroppedRows = 10_000;

export function createDroppedStore(journal: Journal): DroppedStore {
  const has = journal.prepare('select 1 from dropped_messages where message_id = ?');
  const skip = journal.prepare('insert or ignore into dropped_messages (message_id, inserted_ns) values (?, ?)');
  const drop = journal.prepare(
    `insert into dropped_senders (sender_inbox_id, reason, sender_addresses, count, first_at, last_at)
     values (?, ?, ?, 1, ?, ?) on conflict do update set
       count = count + 1, last_at = excluded.last_at, sender_addresses = excluded.sender_addresses`,
  );
  const prune = journal.prepare('delete from dropped_messages where inserted_ns < ?');
  const tally = journal.prepare('select count from tally where name = ?');
  const count = (name: 'dropped' | 'dropped-rows') => Number(tally.get(name)?.['count'] ?? 0);
  const addTotal = journal.prepare(`update tally set count = count + 1 where name = 'dropped'`);
  const trim = journal.prepare(
    `delete from dropped_senders where (sender_inbox_id, reason) in
       (select sender_inbox_id, reason from dropped_senders order by last_at limit ?)`,
  );
  const dropped = journal.prepare('select * from dropped_senders order by last_at desc limit ?');

  return {
    has: (id) => has.get(id) !== undefined,
    drop({ messageId, insertedNs }, { senderInboxId, senderAddresses, reason, at }) {
      journal.write(() => {
        if (Number(skip.run(messageId, insertedNs).changes) === 0) return;
        drop.run(senderInboxId, reason, JSON.stringify(senderAddresses), at, at);
        addTotal.run();
      });
    },
    prune(beforeNs) {
      journal.write(() => {
        prune.run(beforeNs);
        const excess = count('dropped-rows') - maxDroppedRows;
        if (excess > 0) trim.run(excess);
      });
    },
    dropped: (limit) =>
      dropped.all(limit).map((row) => ({
        senderInboxId: String(row['sender_inbox_id']),
        senderAddresses: JSON.parse(String(row['sender_addresses'])) as Address[],
        reason: String(row['reason']),
        count: Number(row['count']),
        firstAt: Number(row['first_at']),
        lastAt: Number(row['last_at']),
      })),
    total: () => count('dropped'),
  };
}
