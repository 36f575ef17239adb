import type { Journal } from '../journal/open-journal.ts';
import type { Address, InboundRecord } from '../types.ts';

/** What is kept of a message that is not listed any more; its database knows the rest. */
export type PastRecord = Pick<
  InboundRecord,
  | 'messageId'
  | 'seq'
  | 'receivedAt'
  | 'contentBytes'
  | 'expiresAt'
  | 'state'
  | 'sender'
  | 'historical'
  | 'knock'
  | 'conversationType'
>;

/** The journal's part for messages that were handled long ago: about a sixth of what they took. */
export interface PastStore {
  has(messageId: string): boolean;
  get(messageId: string): PastRecord | null;
  /**
   * Takes handled messages out of the lists, the oldest first, which were received up to `until`.
   * @returns whether there may be more
   */
  fold(options: { until: number; limit: number }): boolean;
  /** Forgets one, listed or not, that the database does not hold any more, and whether it was taken back. */
  remove(messageId: string): void;
  /** What is known of an inbox's addresses. */
  addressesOf(inboxId: string): readonly Address[];
  /** What a direct message with an inbox is told under. */
  directWith(inboxId: string): string | null;
}

/** States in which nothing is to come. */
export const handledStates = ['delivered', 'recorded', 'discarded'] as const;

/** Of `facts`; the lowest two are the place in `handledStates`. */
const bits = { unknown: 4, historical: 8, knock: 16, group: 32 } as const;

export function createPastStore(journal: Journal): PastStore {
  const has = journal.prepare('select 1 from past where message_id = ?');
  const get = journal.prepare('select * from past where message_id = ?');
  const oldest = journal.prepare('select seq, received_at from inbound where state = ? order by seq limit ?');
  const fold = journal.prepare(
    `insert or ignore into past (message_id, seq, received_at, content_bytes, expires_at, facts)
       select unhex(message_id), seq, received_at, content_bytes, expires_at,
         ?1 + (sender = 'unknown') * 4 + historical * 8 + knock * 16 + (conversation_type = 'group') * 32
       from inbound where state = ?2 and seq <= ?3 and unhex(message_id) is not null`,
  );
  const unlist = journal.prepare('delete from inbound where state = ? and seq <= ? and unhex(message_id) is not null');
  const remove = journal.prepare('delete from past where message_id = ?');
  const removeListed = journal.prepare(
    `delete from inbound where message_id = ? and state in ('delivered', 'recorded', 'discarded')`,
  );
  const removeDeletion = journal.prepare('delete from deletions where message_id = ?');
  const addressesOf = journal.prepare('select address from inbox_addresses where inbox_id = ? limit 50');
  const directWith = journal.prepare('select conversation_id from direct where peer_inbox_id = ?');

  return {
    has: (messageId) => has.get(keyOf(messageId)) !== undefined,
    get(messageId) {
      const row = get.get(keyOf(messageId));
      if (row === undefined) return null;
      const facts = Number(row['facts']);
      return {
        messageId,
        seq: Number(row['seq']),
        receivedAt: Number(row['received_at']),
        contentBytes: Number(row['content_bytes']),
        expiresAt: row['expires_at'] as number | null,
        state: handledStates[facts & 3] ?? 'delivered',
        sender: facts & bits.unknown ? 'unknown' : 'allowlisted',
        historical: (facts & bits.historical) !== 0,
        knock: (facts & bits.knock) !== 0,
        conversationType: facts & bits.group ? 'group' : 'dm',
      };
    },
    fold({ until, limit }) {
      let isMore = false;
      for (const [number, state] of handledStates.entries()) {
        const rows = oldest.all(state, limit);
        // One received by a clock that was ahead is as old as what was received after it.
        const last = rows.findLast((row) => Number(row['received_at']) <= until)?.['seq'];
        if (last === undefined) continue;
        journal.write(() => {
          fold.run(number, state, last);
          unlist.run(state, last);
        });
        isMore ||= rows.length === limit && last === rows.at(-1)?.['seq'];
      }
      return isMore;
    },
    remove(messageId) {
      journal.write(() => {
        remove.run(keyOf(messageId));
        removeListed.run(messageId);
        removeDeletion.run(messageId);
      });
    },
    addressesOf: (inboxId) => addressesOf.all(inboxId).map((row) => row['address'] as Address),
    directWith: (inboxId) => (directWith.get(inboxId)?.['conversation_id'] as string | undefined) ?? null,
  };
}

/** Ids are 64 hexadecimal digits, which bytes hold in half the space. */
const keyOf = (messageId: string): Buffer => Buffer.from(typeof messageId === 'string' ? messageId : '', 'hex');
