import { idempotencyRetentionMs } from '../constants.ts';
import { createPositions } from '../journal/create-positions.ts';
import type { Journal } from '../journal/open-journal.ts';

/**
 * A send in the journal. `intent`: about to be stored by the SDK. `stored`: has its id and will be published. `unknown`: under way when
 * the backup was made that this journal comes from.
 */
export interface OutboundRow {
  id: number;
  idempotencyKey: string | null;
  requestDigest: string;
  contentDigest: string;
  conversationId: string;
  messageId: string | null;
  state: 'intent' | 'stored' | 'sent' | 'failed' | 'unknown';
  createdAt: number;
}

/** The journal's part for sends: which key stands for which message, and what is not settled yet. */
export interface OutboundStore {
  byKey(idempotencyKey: string): OutboundRow | null;
  hasMessage(messageId: string): boolean;
  byMessage(messageId: string): OutboundRow | null;
  insert(row: Omit<OutboundRow, 'id'>): number;
  setStored(id: number, messageId: string): void;
  /** Writes what became of a row, and the row itself if the commit that made it failed. */
  record(row: OutboundRow & { settledAt: number | null }): void;
  settle(id: number, state: 'sent' | 'failed' | 'unknown', at: number): void;
  /** Takes back what was never stored; its key is free again. */
  remove(id: number): void;
  /** Everything that a crash may have left in between, oldest first. */
  open(): OutboundRow[];
  /** When sends of a conversation that are settled were under way, of the newest of all sends. */
  settledIn(conversationId: string): { messageId: string; createdAt: number; settledAt: number }[];
  /** Forgets keys of what settled longer ago than keys are honoured, `limit` at once. Returns whether there may be more. */
  pruneKeys(now: number, limit: number): boolean;
  /**
   * Takes sends out of the list that are settled, were begun up to `until` and have no key any more, looking at `limit` behind
   * a position. Returns where to go on; `null` when nothing older is left.
   */
  prune(options: { until: number; after: number; limit: number }): number | null;
  /** Forgets one send that is settled and has no key any more. */
  forget(messageId: string): void;
}

export function createOutboundStore(journal: Journal): OutboundStore {
  const byKey = journal.prepare('select * from outbound where idempotency_key = ?');
  const byMessage = journal.prepare('select * from outbound where message_id = ?');
  const insert = journal.prepare(
    `insert into outbound (id, idempotency_key, request_digest, content_digest, conversation_id, message_id, state,
       created_at, settled_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const { reserve } = createPositions(journal, 'outbound');
  const newest = journal.prepare(`select seq from sqlite_sequence where name = 'outbound'`);
  // Counted here: after a commit that failed, the database would give the id of a lost row, which a send that is still
  // under way goes by, to another send.
  let lastId = Number(newest.get()?.['seq'] ?? 0);
  const setStored = journal.prepare(`update outbound set state = 'stored', message_id = ? where id = ?`);
  const record = journal.prepare(
    `insert into outbound (id, idempotency_key, request_digest, content_digest, conversation_id, message_id, state,
       created_at, settled_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set message_id = excluded.message_id, state = excluded.state, settled_at = excluded.settled_at`,
  );
  const settle = journal.prepare('update outbound set state = ?, settled_at = ? where id = ?');
  const remove = journal.prepare('delete from outbound where id = ?');
  const open = journal.prepare(`select * from outbound where state in ('intent', 'stored') order by id`);
  const settledIn = journal.prepare(
    `select message_id, created_at, settled_at from outbound
     where id > ? and conversation_id = ? and message_id is not null and settled_at is not null`,
  );
  // By the newest of its own stamps at most: a clock that was set ahead must not end keys early. What was sent stays, as the
  // list of it: without its key, and without a stamp, so that it is not met again.
  const pruneKeys = journal.prepare(
    `update outbound set idempotency_key = null, request_digest = '', content_digest = '', settled_at = null
     where id in (select id from outbound
       where settled_at < min(?, (select max(settled_at) from outbound)) - ? order by settled_at limit ?)`,
  );
  const oldest = journal.prepare('select id, created_at from outbound where id > ? order by id limit ?');
  const prune = journal.prepare(
    `delete from outbound where id > ? and id <= ? and state in ('sent', 'failed', 'unknown') and idempotency_key is null and settled_at is null`,
  );
  const forget = journal.prepare(
    `delete from outbound where message_id = ? and state in ('sent', 'failed', 'unknown') and idempotency_key is null`,
  );

  return {
    byKey(key) {
      const row = byKey.get(key);
      return row === undefined ? null : toOutboundRow(row);
    },
    hasMessage: (id) => byMessage.get(id) !== undefined,
    byMessage(id) {
      const row = byMessage.get(id);
      return row === undefined ? null : toOutboundRow(row);
    },
    insert(row) {
      lastId += 1;
      const id = lastId;
      reserve(id);
      journal.run(insert, ...valuesOf({ ...row, id, settledAt: null }));
      return id;
    },
    setStored(id, messageId) {
      journal.run(setStored, messageId, id);
    },
    record(row) {
      journal.run(record, ...valuesOf(row));
    },
    settle(id, state, at) {
      journal.run(settle, state, at, id);
    },
    remove(id) {
      journal.run(remove, id);
    },
    open: () => open.all().map(toOutboundRow),
    settledIn: (conversationId) =>
      settledIn.all(lastId - 1_000, conversationId).map((row) => ({
        messageId: String(row['message_id']),
        createdAt: Number(row['created_at']),
        settledAt: Number(row['settled_at']),
      })),
    pruneKeys: (now, limit) =>
      journal.write(() => Number(pruneKeys.run(now, idempotencyRetentionMs, limit).changes) === limit),
    prune({ until, after, limit }) {
      const rows = oldest.all(after, limit);
      // One begun by a clock that was ahead is as old as what was begun after it.
      const last = rows.findLast((row) => Number(row['created_at']) <= until)?.['id'];
      if (last === undefined) return null;
      journal.run(prune, after, last);
      return rows.length === limit ? Number(last) : null;
    },
    forget(messageId) {
      journal.run(forget, messageId);
    },
  };
}

/** In the order of the columns above. */
function valuesOf(row: OutboundRow & { settledAt: number | null }) {
  return [
    row.id,
    row.idempotencyKey,
    row.requestDigest,
    row.contentDigest,
    row.conversationId,
    row.messageId,
    row.state,
    row.createdAt,
    row.settledAt,
  ];
}

export function toOutboundRow(row: Record<string, unknown>): OutboundRow {
  return {
    id: Number(row['id']),
    idempotencyKey: row['idempotency_key'] as string | null,
    requestDigest: String(row['request_digest']),
    contentDigest: String(row['content_digest']),
    conversationId: String(row['conversation_id']),
    messageId: row['message_id'] as string | null,
    state: row['state'] as OutboundRow['state'],
    createdAt: Number(row['created_at']),
  };
}
