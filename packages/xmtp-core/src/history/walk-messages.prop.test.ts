import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { MessageQuery, StoredMessage } from '../sdk/conversation.ts';
import { comparePositions } from './parse-position.ts';
import { walkMessages } from './walk-messages.ts';

/** A database that sorts by time alone, and breaks ties as it likes. */
function databaseOf(rows: readonly { at: number; id: number }[]) {
  const messages = [...new Map(rows.map((row) => [row.id, row])).values()].map(
    ({ at, id }) => ({ id: id.toString(16).padStart(4, '0'), sentAtNs: BigInt(at) }) as StoredMessage,
  );
  const query = async ({ newestFirst = false, sentAfterNs, sentBeforeNs, limit }: MessageQuery) => {
    const within = messages.filter(
      ({ sentAtNs }) =>
        (sentAfterNs === undefined || sentAtNs > sentAfterNs) &&
        (sentBeforeNs === undefined || sentAtNs < sentBeforeNs),
    );
    const sorted = within.toSorted((a, b) => Number(a.sentAtNs - b.sentAtNs));
    return (newestFirst ? sorted.toReversed() : sorted).slice(0, limit);
  };
  return { messages: messages.toSorted(comparePositions), query };
}

const rows = fc.array(fc.record({ at: fc.nat(12), id: fc.nat(200) }), { maxLength: 60 });
const place = fc.option(fc.record({ at: fc.nat(12), id: fc.nat(200) }), { nil: null });

test.prop([rows, fc.boolean(), fc.integer({ min: 1, max: 70 }), place, place])(
  'a walk shows each message between its bounds once, in order, however many share a time',
  async (inserted, newestFirst, chunk, first, last) => {
    const { messages, query } = databaseOf(inserted);
    const positionOf = (bound: typeof first) =>
      bound === null ? null : { sentAtNs: BigInt(bound.at), id: bound.id.toString(16).padStart(4, '0') };
    const [after, before] = [positionOf(first), positionOf(last)];
    const within = messages.filter(
      (message) =>
        (after === null || comparePositions(message, after) > 0) &&
        (before === null || comparePositions(message, before) < 0),
    );
    const seen: string[] = [];
    for await (const found of walkMessages(
      { messages: query, createdAtNs: () => 0n },
      { newestFirst, before, after, chunk },
    )) {
      seen.push(...found.map(({ id }) => id));
    }
    expect(seen).toEqual((newestFirst ? within.toReversed() : within).map(({ id }) => id));
  },
);
