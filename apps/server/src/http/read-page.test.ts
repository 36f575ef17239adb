import { createTestMailbox, type TestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { sampleMessage } from '../../../../packages/agent/test/sample-message.ts';
import { readPage, type ReadPageOptions } from './read-page.ts';

async function setUp(count: number, text = 'hello') {
  const mailbox = await createTestMailbox();
  onTestFinished(() => mailbox.close());
  for (let index = 0; index < count; index += 1) await mailbox.receive({ text });
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
function watchList(mailbox: TestMailbox): () => number {
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
  const { read } = await setUp(10, 'x'.repeat(300));
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
  const { read } = await setUp(2, 'é'.repeat(2_000));
  expect(await read({ maxBytes: 100 })).toMatchObject({ messages: [{ seq: 1 }], cursor: 1, more: true });
});

test('the event loop has a turn after each message, and few are in memory undecided', async () => {
  const { mailbox, read } = await setUp(40);
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
  const { read } = await setUp(40);
  const gone = AbortSignal.abort();
  expect((await read({ signal: gone })).messages).toHaveLength(1);
});

test('limit, state and end of the journal', async () => {
  const { mailbox, read } = await setUp(6);
  const [third] = await mailbox.inbox.list({ after: 2, limit: 1 });
  mailbox.inbox.bury(third!.messageId, 'x');
  expect(await read({ limit: 5 })).toMatchObject({ cursor: 5, more: true });
  expect(await read({ filter: { states: ['dead'] } })).toMatchObject({
    messages: [{ seq: 3 }],
    cursor: 3,
    more: false,
  });
  expect(await read({ after: 6 })).toEqual({ messages: [], cursor: 6, more: false });
});
