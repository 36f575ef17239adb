import type { Journal } from '../journal/open-journal.ts';
import type { StoredMessage } from '../sdk/conversation.ts';
import type { PageConversation } from './page-conversation.ts';

/** A dropped message of which the SDK's database holds the text. */
export interface DroppedText extends PageConversation {
  messageId: string;
  senderInboxId: string;
  /** By the network's clock, milliseconds, and not whole ones. */
  sentAt: number;
}

/** What was dropped and can still be read in the SDK's database. It goes after a while, and sooner when it is much. */
export interface DroppedTexts {
  add(conversation: PageConversation, message: StoredMessage, whose: Whose): void;
  has(messageId: string): boolean;
  /** Deletes what is due, a bounded number at once. Returns how many texts that were. */
  sweep: () => number;
  /** Whether strangers stored as much in this conversation as they may in a day. */
  isOverBudget(groupId: string): boolean;
  /** Of whom something was dropped in it. */
  sendersIn(groupId: string): string[];
  /** Of whom a text is there. */
  senders(): string[];
  /** What was dropped of somebody while he was a stranger. */
  ofStranger(senderInboxId: string): DroppedText[];
  /** Groups with texts that are `outside`. */
  groupsOutside(): string[];
  outside(groupId: string): DroppedText[];
  forget(messageId: string): void;
}

/** Of a stranger, of somebody whom the operator knows, or of such a one in a group in which nobody is heard. */
export type Whose = 'stranger' | 'known' | 'outside';

const whoseNumbers = { known: 0, stranger: 1, outside: 2 } as const satisfies Record<Whose, number>;

export const dayMs = 86_400_000;
/** A row costs as well. */
const leastBytes = 1_024;
const sweptAtOnce = 500;

export function createDroppedTexts(options: {
  journal: Journal;
  deleteMessage: (messageId: string) => void;
  keepMs: number;
  bytesPerDay: number;
  /** Milliseconds since the epoch, on a clock that does not step while this process runs. */
  steady: () => number;
}): DroppedTexts {
  const { journal, deleteMessage, keepMs, bytesPerDay, steady } = options;
  const add = journal.prepare(
    `insert or ignore into dropped_texts
       (message_id, group_id, conversation_id, conversation_type, sender_inbox_id, bytes, stranger, at, sent_us)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const has = journal.prepare('select 1 from dropped_texts where message_id = ?');
  const old = journal.prepare('select message_id from dropped_texts where deleted = 0 and at <= ? order by at limit ?');
  const stored = journal.prepare(
    'select message_id, bytes from dropped_texts where deleted = 0 and stranger = 1 order by at desc',
  );
  const noteLost = journal.prepare(
    `update dropped_senders set lost_until_us = max(lost_until_us, (select sent_us from dropped_texts where message_id = ?1))
     where sender_inbox_id = (select sender_inbox_id from dropped_texts where message_id = ?1)`,
  );
  const mark = journal.prepare('update dropped_texts set deleted = 1 where message_id = ?');
  const prune = journal.prepare('delete from dropped_texts where deleted = 1 and at <= ?');
  const used = journal.prepare(
    'select coalesce(sum(bytes), 0) as bytes from dropped_texts where group_id = ? and at > ? and stranger = 1',
  );
  const senders = journal.prepare('select distinct sender_inbox_id from dropped_texts where group_id = ?');
  const all = journal.prepare(
    'select distinct sender_inbox_id from dropped_texts indexed by dropped_texts_sender where deleted = 0',
  );
  const ofSender = journal.prepare(
    'select * from dropped_texts where sender_inbox_id = ? and deleted = 0 and stranger = 1 order by at',
  );
  const groupsOutside = journal.prepare(
    'select distinct group_id from dropped_texts indexed by dropped_texts_outside where deleted = 0 and stranger = 2',
  );
  const outside = journal.prepare(
    'select * from dropped_texts where group_id = ? and deleted = 0 and stranger = 2 order by at',
  );
  const forget = journal.prepare('delete from dropped_texts where message_id = ?');
  /** Since the last sweep; `null` before the first, when nobody knows. */
  let addedBytes: number | null = null;

  const overBudget = (): string[] => {
    // Only what came since can have made it too much.
    if (addedBytes === 0) return [];
    let bytes = 0;
    const excess: string[] = [];
    for (const row of stored.iterate()) {
      bytes += Number(row['bytes']);
      if (bytes > bytesPerDay) excess.push(String(row['message_id']));
    }
    return excess;
  };

  return {
    has: (messageId) => has.get(messageId) !== undefined,
    add({ groupId, id, type }, message, whose) {
      const bytes = Math.max(leastBytes, message.content.content.length + (message.content.fallback?.length ?? 0));
      journal.write(() =>
        add.run(
          message.id,
          groupId,
          id,
          type,
          message.senderInboxId,
          bytes,
          whoseNumbers[whose],
          Math.floor(steady()),
          Number(message.sentAtNs / 1_000n),
        ),
      );
      addedBytes = (addedBytes ?? 0) + bytes;
    },
    sweep() {
      const time = Math.floor(steady());
      const due = old.all(time - keepMs, sweptAtOnce).map((row) => String(row['message_id']));
      const excess = overBudget();
      const ids = [...new Set([...due, ...excess])].slice(0, sweptAtOnce);
      for (const id of ids) {
        deleteMessage(id);
        journal.write(() => {
          noteLost.run(id);
          mark.run(id);
        });
      }
      addedBytes = excess.length > sweptAtOnce ? null : 0;
      journal.run(prune, time - dayMs);
      return ids.length;
    },
    isOverBudget: (groupId) =>
      Number(used.get(groupId, Math.floor(steady()) - dayMs)?.['bytes'] ?? 0) >= bytesPerDay / 4,
    sendersIn: (groupId) => senders.all(groupId).map((row) => String(row['sender_inbox_id'])),
    senders: () => all.all().map((row) => String(row['sender_inbox_id'])),
    ofStranger: (senderInboxId) => inOrder(ofSender.all(senderInboxId)),
    groupsOutside: () => groupsOutside.all().map((row) => String(row['group_id'])),
    outside: (groupId) => inOrder(outside.all(groupId)),
    forget(messageId) {
      journal.run(forget, messageId);
    },
  };
}

/** What was found at once was dropped at once. */
const inOrder = (rows: readonly Record<string, unknown>[]) => rows.map(toText).toSorted((a, b) => a.sentAt - b.sentAt);

function toText(row: Record<string, unknown>): DroppedText {
  return {
    messageId: String(row['message_id']),
    groupId: String(row['group_id']),
    id: String(row['conversation_id']),
    type: row['conversation_type'] as DroppedText['type'],
    senderInboxId: String(row['sender_inbox_id']),
    sentAt: Number(row['sent_us']) / 1_000,
  };
}
