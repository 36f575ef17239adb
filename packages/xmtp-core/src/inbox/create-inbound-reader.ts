import type { Journal } from '../journal/open-journal.ts';
import type { Address, DeliveryState, InboundRecord } from '../types.ts';
import { toInboundRecord } from './to-inbound-record.ts';

/** What is looked for: by one of these, which has an index, and in a range of positions. */
export interface InboundQuery {
  /** Bounds are not part of the range. */
  after: number;
  before: number;
  newestFirst: boolean;
  limit: number;
  states?: readonly DeliveryState[] | undefined;
  conversationId?: string | undefined;
  senderInboxIds?: readonly string[] | undefined;
}

/** Reads accepted messages in the order of their positions. What it reads grows with what it gives. */
export interface InboundReader {
  /** By conversation, else by sender, else by state: of what is given, the first alone counts. */
  read(query: InboundQuery): InboundRecord[];
  /** Inboxes that wrote as an address, at most 50. */
  inboxesOf(address: Address): string[];
}

export function createInboundReader(journal: Journal): InboundReader {
  const prepare = (ascending: ReturnType<Journal['prepare']>, descending: ReturnType<Journal['prepare']>) =>
    ({ ascending, descending }) as const;
  const all = prepare(
    journal.prepare('select * from inbound where seq > ? and seq < ? order by seq limit ?'),
    journal.prepare('select * from inbound where seq > ? and seq < ? order by seq desc limit ?'),
  );
  const inState = prepare(
    journal.prepare('select * from inbound where state = ? and seq > ? and seq < ? order by seq limit ?'),
    journal.prepare('select * from inbound where state = ? and seq > ? and seq < ? order by seq desc limit ?'),
  );
  const inConversation = prepare(
    journal.prepare('select * from inbound where conversation_id = ? and seq > ? and seq < ? order by seq limit ?'),
    journal.prepare(
      'select * from inbound where conversation_id = ? and seq > ? and seq < ? order by seq desc limit ?',
    ),
  );
  const ofSender = prepare(
    journal.prepare('select * from inbound where sender_inbox_id = ? and seq > ? and seq < ? order by seq limit ?'),
    journal.prepare(
      'select * from inbound where sender_inbox_id = ? and seq > ? and seq < ? order by seq desc limit ?',
    ),
  );
  const inboxesOf = journal.prepare('select inbox_id from inbox_addresses where address = ? limit 50');

  const walkOf = ({ conversationId, senderInboxIds, states }: InboundQuery) => {
    if (conversationId !== undefined) return { statements: inConversation, keys: [conversationId] };
    if (senderInboxIds !== undefined) return { statements: ofSender, keys: senderInboxIds };
    return states === undefined ? null : { statements: inState, keys: states };
  };

  return {
    read(query) {
      const { after, before, newestFirst, limit } = query;
      const order = newestFirst ? 'descending' : 'ascending';
      const walk = walkOf(query);
      // One walk for each key: over all rows, those of others in between would be read as well.
      const rows =
        walk === null
          ? all[order].all(after, before, limit)
          : [...new Set(walk.keys)].flatMap((key) => walk.statements[order].all(key, after, before, limit));
      const records = rows.map((row) => toInboundRecord(row));
      return records.toSorted((a, b) => (newestFirst ? b.seq - a.seq : a.seq - b.seq)).slice(0, limit);
    },
    inboxesOf: (address) => inboxesOf.all(address.toLowerCase()).map((row) => String(row['inbox_id'])),
  };
}
