import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InboundRecord } from './message-types.ts';
import type { InboundListOptions } from './inbox-types.ts';
import type { InboundReader } from './create-inbound-reader.ts';

/** Rows that are looked at in one piece of work, when some of them may not be wanted. */
const filteredRows = 200;

/** What a list asks for, page by page until there is enough: no filter makes one read walk through everything. */
export async function findInbound(
  reader: InboundReader,
  options: InboundListOptions & { limit: number },
): Promise<InboundRecord[]> {
  const {
    after = 0,
    before = Number.MAX_SAFE_INTEGER,
    limit,
    order = 'asc',
    states,
    conversationId,
    sender,
    from,
  } = options;
  const newestFirst = order === 'desc';
  const senderInboxIds =
    from === undefined ? undefined : 'inboxId' in from ? [from.inboxId] : reader.inboxesOf(from.address);
  const isWanted = (record: InboundRecord) =>
    (states === undefined || states.includes(record.state)) &&
    (sender === undefined || record.sender === sender) &&
    (senderInboxIds === undefined || senderInboxIds.includes(record.senderInboxId));
  const filters = [states, conversationId, from].filter((filter) => filter !== undefined);
  const windowRows = filters.length > 1 || sender !== undefined ? Math.max(limit, filteredRows) : limit;
  const range = { after, before };
  const found: InboundRecord[] = [];
  for (;;) {
    const rows = reader.read({ ...range, newestFirst, limit: windowRows, states, conversationId, senderInboxIds });
    found.push(...rows.filter(isWanted).slice(0, limit - found.length));
    const last = rows.at(-1)?.seq;
    if (found.length === limit || rows.length < windowRows || last === undefined) return found;
    if (newestFirst) range.before = last;
    else range.after = last;
    await nextTurn();
  }
}
