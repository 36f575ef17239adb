import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createMemoryMailbox } from '../../test/memory-mailbox.ts';
import { sampleMessage } from '../../test/sample-message.ts';
import { createEventStream, type EventStreamOptions } from './event-stream.ts';
import { waitForMessage } from './wait-for-message.ts';

function setUp(options: Partial<EventStreamOptions> = {}) {
  const mailbox = createMemoryMailbox();
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
    ...options,
  });
  return { mailbox, stop, stream, ends: () => ends };
}

test('a listener that takes nothing is cut off, holds one batch at most, and frees what it held', async () => {
  let cut = 0;
  const { mailbox, stream, ends } = setUp({
    stallMs: 50,
    onStall: () => {
      cut += 1;
    },
  });
  for (let count = 0; count < 500; count += 1) mailbox.receive({ text: 'x'.repeat(1000) });
  const reader = stream.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('retry: 1000\n\n');
  const batch = new TextDecoder().decode((await reader.read()).value);
  expect(batch.match(/^id: /gmu)).toHaveLength(20);
  await waitFor(() => ends() === 1);
  await reader.read();
  expect(await reader.read()).toEqual({ done: true, value: undefined });
  expect([ends(), cut, mailbox.listeners]).toEqual([1, 1, 0]);
});

test('silence is filled with comments', async () => {
  const { stream } = setUp({ heartbeatMs: 20 });
  const reader = stream.getReader();
  await reader.read();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(': still here\n\n');
  await reader.cancel();
});

test('no content can forge an event', async () => {
  const { mailbox, stream } = setUp();
  mailbox.receive({ text: 'a\n\nid: 99\ndata: forged\r\rdata: forged\u2028' });
  const reader = stream.getReader();
  await reader.read();
  const lines = new TextDecoder().decode((await reader.read()).value).split(/\r\n|\n|\r/u);
  expect(lines.map((line) => line.slice(0, 6))).toEqual(['id: 1', 'event:', 'data: ', '', '']);
  await reader.cancel();
});

test('ends when the server stops', async () => {
  const { stream, stop, ends } = setUp();
  const reader = stream.getReader();
  await reader.read();
  const waiting = reader.read();
  stop.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(ends()).toBe(1);
});

test('L1: waiting leaves no timer and no listener behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  const mailbox = createMemoryMailbox();
  const stop = new AbortController();
  const wait = () =>
    waitForMessage(mailbox.inbox, { after: mailbox.inbox.lastSeq(), timeoutMs: 3_600_000, signal: stop.signal });
  const waiting = Promise.all(Array.from({ length: 50 }, wait));
  expect([timers() - before, mailbox.listeners]).toEqual([50, 50]);
  mailbox.receive({});
  await waiting;
  const aborted = wait();
  stop.abort();
  await aborted;
  const { stream } = setUp();
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  expect([timers() - before, mailbox.listeners]).toEqual([0, 0]);
});
