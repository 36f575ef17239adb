import { expect, test } from 'vitest';
import { createMemoryMailbox, type MemoryMailbox } from '../../test/memory-mailbox.ts';
import { sampleMessage } from '../../test/sample-message.ts';
import { readPage, type ReadPageOptions } from './read-page.ts';

function setUp(count: number, text = 'hello') {
  const mailbox = createMemoryMailbox();
  for (let index = 0; index < count; index += 1) mailbox.receive({ text });
  const read = (options: Partial<ReadPageOptions>) =>
    readPage({
      inbox: mailbox.inbox,
      view: ({ seq, messageId, text: shown }) => sampleMessage({ seq, id: messageId, text: shown }),
      after: 0,
      limit: 100,
      ...options,
    });
  return { mailbox, read };
}

/** The largest number of messages that were asked for at once. */
function watchList(mailbox: MemoryMailbox): () => number {
  const list = mailbox.inbox.list.bind(mailbox.inbox);
  let most = 0;
  mailbox.inbox.list = async (options) => {
    const found = await list(options);
    most = Math.max(most, found.length);
    return found;
  };
  return () => most;
}

test('a page ends at its bytes, and the next one goes on where it ended', async () => {
  const { read } = setUp(10, 'x'.repeat(300));
  const seen: number[] = [];
  let after = 0;
  let more = true;
  while (more) {
    const page = await read({ after, maxBytes: 1_000 });
    expect(page.messages.length).toBeLessThanOrEqual(3);
    seen.push(...page.messages.map(({ seq }) => seq));
    ({ cursor: after, more } = page);
  }
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a message that is larger than a page is a page of its own', async () => {
  const { read } = setUp(2, 'é'.repeat(2_000));
  expect(await read({ maxBytes: 100 })).toMatchObject({ messages: [{ seq: 1 }], cursor: 1, more: true });
});

test('the event loop has a turn after each message, and few are in memory undecided', async () => {
  const { mailbox, read } = setUp(40);
  const most = watchList(mailbox);
  let turns = 0;
  let reading = true;
  const count = () => {
    turns += 1;
    if (reading) setImmediate(count);
  };
  setImmediate(count);
  const page = await read({});
  reading = false;
  expect(page).toMatchObject({ cursor: 40, more: false });
  expect(turns).toBeGreaterThanOrEqual(39);
  expect(most()).toBeLessThanOrEqual(4);
});

test('a caller who has gone ends the page', async () => {
  const { read } = setUp(40);
  const gone = AbortSignal.abort();
  expect((await read({ signal: gone })).messages).toHaveLength(1);
});

test('limit, state and end of the journal', async () => {
  const { mailbox, read } = setUp(6);
  mailbox.inbox.bury((3).toString(16).padStart(64, '0'), 'x');
  expect(await read({ limit: 5 })).toMatchObject({ cursor: 5, more: true });
  expect(await read({ states: ['dead'] })).toMatchObject({ messages: [{ seq: 3 }], cursor: 3, more: false });
  expect(await read({ after: 6 })).toEqual({ messages: [], cursor: 6, more: false });
});
