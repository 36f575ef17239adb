import { createPositions, type Positions } from '../journal/create-positions.ts';
import type { Journal } from '../journal/open-journal.ts';
import type { DeliveryState, InboundRecord } from '../types.ts';
import { toInboundRecord } from './to-inbound-record.ts';

/** What is known of a message when it is accepted; the journal adds the rest. */
export type NewInbound = Omit<
  InboundRecord,
  'seq' | 'state' | 'attempts' | 'nextAttemptAt' | 'lastError' | 'knock' | 'expiresAt'
> & {
  /** @default false */
  knock?: boolean | undefined;
  /** @default null */
  expiresAt?: number | null | undefined;
  /** The message that it belongs to. @default none */
  targetId?: string | null | undefined;
};

/** The journal's part for accepted messages. Every call is local; the index keeps each at O(log n). */
export interface InboundStore {
  has(messageId: string): boolean;
  /**
   * Returns the record with its position, which nobody may see before `reserve` and the journal's `commit`. `dueAt`: `null` for what is recorded only.
   * @default when it was received
   */
  insert(message: NewInbound, dueAt?: number | null): InboundRecord;
  reserve: Positions['reserve'];
  /** What belongs to a message, oldest first. */
  attached(messageId: string, limit: number): InboundRecord[];
  /** That a message was taken back, once. `false` when that was known. */
  noteDeletion(messageId: string, deletedBy: string, at: number): boolean;
  isDeleted: (messageId: string) => boolean;
  get(messageId: string): InboundRecord | null;
  /** The oldest pending message of each conversation, if its attempt is due; what is due longest comes first. */
  due(now: number, limit: number): InboundRecord[];
  /** When the next of them is due; `null` if nothing is pending. */
  nextDueAt(): number | null;
  /** `false` when no such message was in one of `from`. */
  move(messageId: string, from: readonly DeliveryState[], change: Change): boolean;
  /** Makes due at `time` what waits for later. Returns how many. */
  wakeAll(time: number): number;
  /** The newest position ever given, 0 for none. */
  lastSeq(): number;
  counts(): { pending: number; dead: number; delivered: number; oldestPendingAt: number | null };
}

interface Change {
  state: DeliveryState;
  attempts: 'keep' | 'add' | 'reset';
  nextAttemptAt: number | null;
  lastError: string | null;
}

export function createInboundStore(journal: Journal): InboundStore {
  const has = journal.prepare('select 1 from inbound where message_id = ?');
  const insert = journal.prepare(
    `insert into inbound (message_id, conversation_id, conversation_type, sender_inbox_id, sender_addresses,
       content_type, content_bytes, sent_at, received_at, sender, historical, knock, target_id, expires_at, state,
       next_attempt_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const get = journal.prepare('select * from inbound where message_id = ?');
  const attached = journal.prepare('select * from inbound where target_id = ? order by seq limit ?');
  const noteDeletion = journal.prepare('insert or ignore into deletions (message_id, deleted_by, at) values (?, ?, ?)');
  const isDeleted = journal.prepare('select 1 from deletions where message_id = ?');
  const due = journal.prepare(
    `select inbound.* from oldest_pending cross join inbound on inbound.seq = oldest_pending.seq
     where oldest_pending.due_at <= ? order by oldest_pending.due_at, oldest_pending.seq limit ?`,
  );
  const nextDue = journal.prepare('select min(due_at) as due_at from oldest_pending');
  const move = journal.prepare(
    `update inbound set state = ?, attempts = case ? when 'add' then attempts + 1 when 'reset' then 0 else attempts end,
       next_attempt_at = ?, last_error = ? where message_id = ? and state in (select value from json_each(?))`,
  );
  const wake = journal.prepare(
    `update inbound indexed by inbound_waiting set next_attempt_at = ?1 where state = 'pending' and next_attempt_at > ?1`,
  );
  const lastSeq = journal.prepare(`select seq from sqlite_sequence where name = 'inbound'`);
  const tally = journal.prepare('select count from tally where name = ?');
  const oldest = journal.prepare(`select received_at from inbound where state = 'pending' order by seq limit 1`);

  const { reserve } = createPositions(journal, 'inbound');

  const count = (state: DeliveryState) => Number(tally.get(state)?.['count'] ?? 0);

  return {
    has: (id) => has.get(id) !== undefined,
    reserve,
    insert(m, dueAt = m.receivedAt) {
      const state = dueAt === null ? 'recorded' : 'pending';
      const { lastInsertRowid } = journal.run(
        insert,
        m.messageId,
        m.conversationId,
        m.conversationType,
        m.senderInboxId,
        JSON.stringify(m.senderAddresses),
        m.contentType,
        m.contentBytes,
        m.sentAt,
        m.receivedAt,
        m.sender,
        m.historical ? 1 : 0,
        m.knock === true ? 1 : 0,
        m.targetId ?? null,
        m.expiresAt ?? null,
        state,
        dueAt,
      );
      const { targetId: _, ...known } = m;
      return {
        ...known,
        seq: Number(lastInsertRowid),
        knock: m.knock === true,
        expiresAt: m.expiresAt ?? null,
        state,
        attempts: 0,
        nextAttemptAt: dueAt,
        lastError: null,
      };
    },
    get(id) {
      const row = get.get(id);
      return row === undefined ? null : toInboundRecord(row);
    },
    attached: (id, limit) => attached.all(id, limit).map((row) => toInboundRecord(row)),
    noteDeletion: (id, by, at) => journal.write(() => Number(noteDeletion.run(id, by, at).changes) > 0),
    isDeleted: (id) => isDeleted.get(id) !== undefined,
    due: (now, limit) => due.all(now, limit).map((row) => toInboundRecord(row)),
    nextDueAt: () => (nextDue.get()?.['due_at'] as number | null | undefined) ?? null,
    move: (id, from, change) =>
      journal.write(
        () =>
          Number(
            move.run(change.state, change.attempts, change.nextAttemptAt, change.lastError, id, JSON.stringify(from))
              .changes,
          ) > 0,
      ),
    wakeAll: (time) => Number(journal.write(() => wake.run(time)).changes),
    lastSeq: () => Number(lastSeq.get()?.['seq'] ?? 0),
    counts: () => ({
      pending: count('pending'),
      dead: count('dead'),
      delivered: count('delivered'),
      oldestPendingAt: (oldest.get()?.['received_at'] as number | undefined) ?? null,
    }),
  };
}
