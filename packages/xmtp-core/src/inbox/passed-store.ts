import type { Journal } from '../journal/open-journal.ts';
import type { Address, DroppedSender } from '../types.ts';

/** A message that was looked at and not accepted. */
export interface PassedMessage {
  messageId: string;
  insertedNs: bigint;
}

/** A refusal, for the operator. */
export interface Refusal {
  senderInboxId: string;
  senderAddresses: readonly Address[];
  reason: string;
  at: number;
}

/** The journal's part for what was turned away: ids to skip, and one bounded line for each sender and reason. */
export interface PassedStore {
  has(messageId: string): boolean;
  pass(message: PassedMessage): void;
  refuse(message: PassedMessage, refusal: Refusal): void;
  /** Forgets ids that no scan can meet any more. */
  prune(beforeNs: bigint): void;
  dropped(limit: number): DroppedSender[];
  total(): number;
}

/** Lines kept in `dropped`; a stranger with many inboxes must not fill the disk. */
const maxDroppedRows = 10_000;

export function createPassedStore(journal: Journal): PassedStore {
  const has = journal.prepare('select 1 from passed where message_id = ?');
  const pass = journal.prepare('insert or ignore into passed (message_id, inserted_ns) values (?, ?)');
  const refuse = journal.prepare(
    `insert into dropped (sender_inbox_id, reason, sender_addresses, count, first_at, last_at)
     values (?, ?, ?, 1, ?, ?) on conflict do update set
       count = count + 1, last_at = excluded.last_at, sender_addresses = excluded.sender_addresses`,
  );
  const prune = journal.prepare('delete from passed where inserted_ns < ?');
  const tally = journal.prepare('select count from tally where name = ?');
  const count = (name: 'dropped' | 'dropped-rows') => Number(tally.get(name)?.['count'] ?? 0);
  const addTotal = journal.prepare(`update tally set count = count + 1 where name = 'dropped'`);
  const trim = journal.prepare(
    `delete from dropped where (sender_inbox_id, reason) in
       (select sender_inbox_id, reason from dropped order by last_at limit ?)`,
  );
  const dropped = journal.prepare('select * from dropped order by last_at desc limit ?');

  return {
    has: (id) => has.get(id) !== undefined,
    pass({ messageId, insertedNs }) {
      journal.write(() => pass.run(messageId, insertedNs));
    },
    refuse({ messageId, insertedNs }, { senderInboxId, senderAddresses, reason, at }) {
      journal.write(() => {
        if (Number(pass.run(messageId, insertedNs).changes) === 0) return;
        refuse.run(senderInboxId, reason, JSON.stringify(senderAddresses), at, at);
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
