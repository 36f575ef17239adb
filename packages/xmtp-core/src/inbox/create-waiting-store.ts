import type { Journal } from '../journal/open-journal.ts';
import type { WaitingMessages } from '../health/status-types.ts';

/** A message that was seen and could not be decided on. */
export interface WaitingMessage {
  messageId: string;
  /** Where it was found, and what the agent knows that conversation by. */
  groupId: string;
  conversationId: string;
  conversationType: 'dm' | 'group';
  senderInboxId: string;
  reason: string;
  /** When it was first seen, milliseconds since the epoch. */
  since: number;
}

/** The journal's part for what waits for a decision. Ids alone: the text stays in the SDK's database, undecoded. */
export interface WaitingStore {
  has(messageId: string): boolean;
  /** Not durable before the journal's `flush`. */
  add(message: WaitingMessage): void;
  remove(messageId: string): void;
  /** Why earlier messages of a sender in a group wait; `null` when none does. */
  reasonFor(groupId: string, senderInboxId: string): string | null;
  groups(): string[];
  /** The oldest of a group, in the order in which they were found. */
  ofGroup(groupId: string, limit: number): WaitingMessage[];
  /** All together, and those of one sender. */
  count(senderInboxId?: string): number;
  summary(): WaitingMessages[];
}

export function createWaitingStore(journal: Journal): WaitingStore {
  const has = journal.prepare('select 1 from waiting where message_id = ?');
  const add = journal.prepare(
    `insert or ignore into waiting
       (message_id, group_id, conversation_id, conversation_type, sender_inbox_id, reason, since)
     values (?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = journal.prepare('delete from waiting where message_id = ?');
  const reasonFor = journal.prepare('select reason from waiting where group_id = ? and sender_inbox_id = ? limit 1');
  const groups = journal.prepare('select group_id from waiting group by group_id order by min(seq)');
  const ofGroup = journal.prepare('select * from waiting where group_id = ? order by seq limit ?');
  const count = journal.prepare('select count(*) as count from waiting');
  const countOf = journal.prepare('select count(*) as count from waiting where sender_inbox_id = ?');
  const summary = journal.prepare(
    'select reason, count(*) as count, min(since) as since from waiting group by reason order by reason',
  );

  return {
    has: (id) => has.get(id) !== undefined,
    add(m) {
      journal.write(() =>
        add.run(m.messageId, m.groupId, m.conversationId, m.conversationType, m.senderInboxId, m.reason, m.since),
      );
    },
    remove(messageId) {
      journal.run(remove, messageId);
    },
    reasonFor: (groupId, sender) => (reasonFor.get(groupId, sender)?.['reason'] as string | undefined) ?? null,
    groups: () => groups.all().map((row) => String(row['group_id'])),
    ofGroup: (groupId, limit) => ofGroup.all(groupId, limit).map(toMessage),
    count: (sender) => Number((sender === undefined ? count.get() : countOf.get(sender))?.['count'] ?? 0),
    summary: () =>
      summary.all().map((row) => ({
        reason: String(row['reason']),
        count: Number(row['count']),
        since: Number(row['since']),
      })),
  };
}

function toMessage(row: Record<string, unknown>): WaitingMessage {
  return {
    messageId: String(row['message_id']),
    groupId: String(row['group_id']),
    conversationId: String(row['conversation_id']),
    conversationType: row['conversation_type'] as WaitingMessage['conversationType'],
    senderInboxId: String(row['sender_inbox_id']),
    reason: String(row['reason']),
    since: Number(row['since']),
  };
}
