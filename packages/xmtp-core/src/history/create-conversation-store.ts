import type { Journal } from '../journal/open-journal.ts';

/** A place in the list of conversations: by what happened last, and at the same time by their ids. */
export interface ConversationPosition {
  lastAt: number;
  id: string;
}

/** A conversation as the journal knows it. */
export interface ConversationRow extends ConversationPosition {
  pending: number;
  unread: number;
}

/** The journal's part for the list of conversations. What is heard counts itself: see the triggers of the schema. */
export interface ConversationStore {
  /** One that is listened to now. */
  note(id: string, createdAt: number): void;
  /** One that is not listened to any more: it stays if something was heard or sent there. */
  leave(id: string): void;
  /** Something was sent there. */
  used(id: string, at: number): void;
  get(id: string): ConversationRow | null;
  page(options: {
    newestFirst: boolean;
    before: ConversationPosition | null;
    after: ConversationPosition | null;
    limit: number;
  }): ConversationRow[];
  /** Position in the journal of the newest message heard there, 0 for none. */
  lastSeq(id: string): number;
  /** What was heard up to `seq` is read. */
  read(id: string, seq: number): void;
}

export function createConversationStore(journal: Journal): ConversationStore {
  const note = journal.prepare('insert or ignore into conversations (conversation_id, last_at) values (?, ?)');
  const leave = journal.prepare('delete from conversations where conversation_id = ? and is_used = 0');
  const used = journal.prepare(
    `insert into conversations (conversation_id, last_at, is_used) values (?, ?, 1)
     on conflict (conversation_id) do update set last_at = max(last_at, excluded.last_at), is_used = 1`,
  );
  const get = journal.prepare('select * from conversations where conversation_id = ?');
  const descending = journal.prepare(
    `select * from conversations where (last_at, conversation_id) < (?, ?) and (last_at, conversation_id) > (?, ?)
     order by last_at desc, conversation_id desc limit ?`,
  );
  const ascending = journal.prepare(
    `select * from conversations where (last_at, conversation_id) < (?, ?) and (last_at, conversation_id) > (?, ?)
     order by last_at, conversation_id limit ?`,
  );
  const lastSeq = journal.prepare('select max(seq) as seq from inbound where conversation_id = ?');
  const read = journal.prepare(
    `update conversations set read_seq = max(read_seq, ?1), unread =
       (select count(*) from inbound where conversation_id = ?2 and seq > max(read_seq, ?1))
     where conversation_id = ?2`,
  );

  return {
    note(id, createdAt) {
      journal.run(note, id, createdAt);
    },
    leave(id) {
      journal.run(leave, id);
    },
    used(id, at) {
      journal.run(used, id, at);
    },
    get(id) {
      const row = get.get(id);
      return row === undefined ? null : toRow(row);
    },
    page({ newestFirst, before, after, limit }) {
      const upper = before ?? { lastAt: Number.MAX_SAFE_INTEGER, id: '' };
      const lower = after ?? { lastAt: Number.MIN_SAFE_INTEGER, id: '' };
      const statement = newestFirst ? descending : ascending;
      return statement.all(upper.lastAt, upper.id, lower.lastAt, lower.id, limit).map(toRow);
    },
    lastSeq: (id) => Number(lastSeq.get(id)?.['seq'] ?? 0),
    read(id, seq) {
      journal.run(read, seq, id);
    },
  };
}

function toRow(row: Record<string, unknown>): ConversationRow {
  return {
    id: String(row['conversation_id']),
    lastAt: Number(row['last_at']),
    pending: Number(row['pending']),
    unread: Number(row['unread']),
  };
}
