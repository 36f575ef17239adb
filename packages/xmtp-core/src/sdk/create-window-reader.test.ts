import { fc, test } from '@fast-check/vitest';
import { expect, test as table } from 'vitest';
import type { MessageQuery, StoredMessage } from './conversation.ts';
import { createWindowReader } from './create-window-reader.ts';

const [secondNs, dayNs] = [1_000_000_000n, 86_400_000_000_000n];

/** A conversation that counts the rows between the bounds of each question: the database reads all of them. */
function conversationOf(times: readonly bigint[], createdAtNs: bigint) {
  const looked: number[] = [];
  const rows = times.map((sentAtNs, id) => ({ id: String(id), sentAtNs }) as StoredMessage);
  const messages = async ({ newestFirst = false, sentAfterNs, sentBeforeNs, limit }: MessageQuery) => {
    const within = rows.filter(
      ({ sentAtNs: at }) => (sentAfterNs ?? -dayNs) < at && (sentBeforeNs === undefined || at < sentBeforeNs),
    );
    looked.push(within.length);
    const sorted = within.toSorted((a, b) => Number(a.sentAtNs - b.sentAtNs));
    return (newestFirst ? sorted.toReversed() : sorted).slice(0, limit);
  };
  return { conversation: { messages, createdAtNs: () => createdAtNs }, messages, looked };
}

const stamp = fc.bigInt({ min: 0n, max: 400n * dayNs });
const bound = fc.option(stamp, { nil: undefined });

test.prop([
  fc.array(stamp, { maxLength: 80 }),
  fc.array(
    fc.record({
      sentAfterNs: bound,
      sentBeforeNs: bound,
      newestFirst: fc.boolean(),
      limit: fc.integer({ min: 1, max: 90 }),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  stamp,
  stamp,
])('what is read in windows is what one question gives, whatever the clocks say', async (times, queries, now, made) => {
  const { conversation, messages } = conversationOf(times, made);
  const read = createWindowReader(conversation, { now: () => Number(now / 1_000_000n) });
  for (const query of queries) expect(await read(query)).toEqual(await messages(query));
});

table.each([
  ['newest', true],
  ['oldest', false],
] as const)('a long conversation is not looked through for a page of its %s', async (_, newestFirst) => {
  const count = 20_000;
  const times = Array.from({ length: count }, (__, index) => dayNs + BigInt(index) * 100n * secondNs);
  const { conversation, looked } = conversationOf(times, dayNs);
  const read = createWindowReader(conversation, { now: () => Number(times.at(-1)! / 1_000_000n) });
  const first = await read({ newestFirst, limit: 50 });
  expect(first.length).toBe(50);
  expect(looked.length).toBeLessThan(5);
  expect(Math.max(...looked)).toBeLessThan(50 * 10);
  looked.length = 0;
  const last = first.at(-1)!.sentAtNs;
  await read({ newestFirst, limit: 50, ...(newestFirst ? { sentBeforeNs: last } : { sentAfterNs: last }) });
  // The pages that follow are one question each.
  expect(looked).toEqual([expect.toSatisfy((rows: number) => rows >= 50 && rows < 100)]);
});

table('a short conversation takes few questions, however old it is', async () => {
  const { conversation, looked } = conversationOf([dayNs, 2n * dayNs], dayNs);
  const read = createWindowReader(conversation, { now: () => Number((400n * dayNs) / 1_000_000n) });
  expect(await read({ newestFirst: true, limit: 50 })).toHaveLength(2);
  expect(looked.length).toBeLessThan(6);
});
