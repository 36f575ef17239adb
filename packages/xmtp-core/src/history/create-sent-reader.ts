import type { Journal } from '../journal/open-journal.ts';
import { type OutboundRow, toOutboundRow } from '../outbox/create-outbound-store.ts';

/** Which sends are wanted, by their positions; bounds are not part of the range. */
export interface SentQuery {
  after: number;
  before: number;
  newestFirst: boolean;
  limit: number;
  /** Groups on the network. @default all */
  groupIds?: readonly string[] | undefined;
}

/** A send that has become a message. */
export type SentRow = OutboundRow & { messageId: string };

/** Reads what this mailbox sent, in the order in which it was asked to. */
export interface SentReader {
  /**
   * Nothing behind a send that is not stored yet: it would be there later, behind a cursor that somebody keeps.
   */
  read(query: SentQuery): SentRow[];
}

export function createSentReader(journal: Journal): SentReader {
  const all = {
    ascending: journal.prepare(
      'select * from outbound where id > ? and id < ? and message_id is not null order by id limit ?',
    ),
    descending: journal.prepare(
      'select * from outbound where id > ? and id < ? and message_id is not null order by id desc limit ?',
    ),
  };
  const inGroup = {
    ascending: journal.prepare(
      `select * from outbound indexed by outbound_conversation
       where conversation_id = ? and id > ? and id < ? and message_id is not null order by id limit ?`,
    ),
    descending: journal.prepare(
      `select * from outbound indexed by outbound_conversation
       where conversation_id = ? and id > ? and id < ? and message_id is not null order by id desc limit ?`,
    ),
  };
  const unstored = journal.prepare(
    "select min(id) as id from outbound indexed by outbound_open where state in ('intent', 'stored') and message_id is null",
  );

  return {
    read({ after, before, newestFirst, limit, groupIds }) {
      const order = newestFirst ? 'descending' : 'ascending';
      const end = Math.min(before, Number(unstored.get()?.['id'] ?? before));
      const rows =
        groupIds === undefined
          ? all[order].all(after, end, limit)
          : [...new Set(groupIds)].flatMap((id) => inGroup[order].all(id, after, end, limit));
      const sent = rows.map((row) => toOutboundRow(row) as SentRow);
      return sent.toSorted((a, b) => (newestFirst ? b.id - a.id : a.id - b.id)).slice(0, limit);
    },
  };
}
