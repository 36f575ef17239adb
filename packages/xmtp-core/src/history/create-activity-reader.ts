import type { Journal } from '../journal/open-journal.ts';
import type { HourCount, UnsettledSend } from './history-types.ts';

/** Reads how much there was to do. */
export interface ActivityReader {
  /** The hours in which something was heard, sent or dropped, oldest first. @param since Milliseconds since the epoch. */
  hours(since: number): HourCount[];
  /** Sends that are not settled, oldest first. */
  unsettled(limit: number): UnsettledSend[];
  /** Position of the newest send that this mailbox was asked for, 0 for none. */
  lastSent(): number;
}

const hourMs = 3_600_000;

export function createActivityReader(journal: Journal): ActivityReader {
  const hours = journal.prepare('select hour, kind, count from hours where hour >= ? order by hour');
  const unsettled = journal.prepare(
    `select id, message_id, conversation_id, created_at from outbound indexed by outbound_open
     where state in ('intent', 'stored') order by id limit ?`,
  );
  const lastSent = journal.prepare(`select seq from sqlite_sequence where name = 'outbound'`);
  return {
    hours(since) {
      const found = new Map<number, HourCount>();
      for (const { hour, kind, count } of hours.all(Math.floor(since / hourMs))) {
        const at = Number(hour) * hourMs;
        const row = found.get(at) ?? { at, in: 0, out: 0, dropped: 0 };
        found.set(at, { ...row, [String(kind)]: Number(count) });
      }
      return [...found.values()];
    },
    unsettled: (limit) =>
      unsettled.all(limit).map((row) => ({
        seq: Number(row['id']),
        messageId: row['message_id'] as string | null,
        conversationId: String(row['conversation_id']),
        createdAt: Number(row['created_at']),
      })),
    lastSent: () => Number(lastSent.get()?.['seq'] ?? 0),
  };
}
