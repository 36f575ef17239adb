import { waitFor } from '@xmtp-messaging/testing';
import { createTestMailbox, type TestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { sampleMessage } from '../../../../packages/agent/test/sample-message.ts';
import { createEventStream, type EventStreamOptions } from './create-event-stream.ts';
import { waitForMessage } from './wait-for-message.ts';

async function openMailbox() {
  const mailbox = await createTestMailbox();
  onTestFinished(() => mailbox.close());
  return mailbox;
}

async function setUp(options: Partial<EventStreamOptions> & { mailbox?: TestMailbox } = {}) {
  const { mailbox = await openMailbox(), ...rest } = options;
  const stop = new AbortController();
  let ends = 0;
  const stream = createEventStream({
    inbox: mailbox.inbox,
    view: (message) => sampleMessage({ seq: message.seq, id: message.messageId, text: message.text }),
    after: 0,
    signal: stop.signal,
    onEnd: () => {
      ends += 1;
    },
    ...rest,
  });
  return { mailbox, stop, stream, ends: () => ends };
}

test('a listener that takes nothing is cut off, holds one batch at most, and frees what it held', async () => {
  let cut = 0;
  const mailbox = await openMailbox();
  for (let count = 0; count < 100; count += 1) await mailbox.receive({ text: 'x'.repeat(1000) });
  const { stream, ends } = await setUp({
    mailbox,
    stallMs: 50,
    onStall: () => {
      cut += 1;
    },
  });
  const reader = stream.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('retry: 1000\n\n');
  const batch = new TextDecoder().decode((await reader.read()).value);
  expect(batch.match(/^id: /gmu)).toHaveLength(20);
  await waitFor(() => ends() === 1);
  await reader.read();
  expect(await reader.read()).toEqual({ done: true, value: undefined });
  expect([ends(), cut, mailbox.subscribers]).toEqual([1, 1, 0]);
});

test('silence is filled with comments', async () => {
  const { stream } = await setUp({ heartbeatMs: 20 });
  const reader = stream.getReader();
  await reader.read();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(': still here\n\n');
  await reader.cancel();
});

test('no content can forge an event', async () => {
  const { mailbox, stream } = await setUp();
  await mailbox.receive({ text: 'a\n\nid: 99\ndata: forged\r\rdata: forged\u2028' });
  const reader = stream.getReader();
  await reader.read();
  const lines = new TextDecoder().decode((await reader.read()).value).split(/\r\n|\n|\r/u);
  expect(lines.map((line) => line.slice(0, 6))).toEqual(['id: 1', 'event:', 'data: ', '', '']);
  await reader.cancel();
});

test('ends when the server stops', async () => {
  const { stream, stop, ends } = await setUp();
  const reader = stream.getReader();
  await reader.read();
  const waiting = reader.read();
  stop.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(ends()).toBe(1);
});

test('L1: waiting leaves no timer and no listener behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const mailbox = await openMailbox();
  // From here on its journal has nothing to commit.
  await mailbox.receive();
  const before = timers();
  const stop = new AbortController();
  const wait = () =>
    waitForMessage(mailbox.inbox, { after: mailbox.inbox.lastSeq(), timeoutMs: 3_600_000, signal: stop.signal });
  const waiting = Promise.all(Array.from({ length: 50 }, wait));
  expect([timers() - before, mailbox.subscribers]).toEqual([50, 50]);
  await mailbox.receive();
  await waiting;
  const aborted = wait();
  stop.abort();
  await aborted;
  const { stream } = await setUp({ mailbox });
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  await waitFor(() => timers() === before, { timeoutMs: 2_000, what: 'the timers to go' });
  expect(mailbox.subscribers).toBe(0);
});
