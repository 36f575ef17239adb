import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createDeliveryStage as setUp } from '../../test/create-delivery-stage.ts';
import { mailboxError } from '../errors.ts';
import type { MailboxEvent } from '../types.ts';
import { deliverMessages } from './deliver-messages.ts';
import type { DeliveryHandler, DeliveryOutcome } from './deliver-types.ts';

const delivered: DeliveryOutcome = { kind: 'delivered' };

test('a handler that only resolves has taken the message', async () => {
  const seen: unknown[] = [];
  const { receive, state } = await setUp({ handler: ({ text }, { attempt }) => void seen.push([text, attempt]) });
  const id = receive({});
  await waitFor(async () => (await state(id)).state === 'delivered');
  expect(seen).toEqual([[`text of ${id}`, 1]]);
});

test.each([
  [new TypeError('do not tell: the text'), 'the handler failed: TypeError'],
  [mailboxError('TOO_BUSY'), `the handler failed: ${mailboxError('TOO_BUSY').shortMessage}`],
  ['thrown words', 'the handler failed: string'],
])(
  'what a handler throws is a failed attempt, of which the words of strangers are not kept: %s',
  async (error, told) => {
    const { receive, attempt, state, events } = await setUp();
    const id = receive({});
    (await attempt(0)).fail(error);
    await waitFor(async () => (await state(id)).attempts === 1);
    expect(await state(id)).toMatchObject({ state: 'pending', lastError: told });
    expect(JSON.stringify(events)).not.toMatch(/do not tell|thrown words/u);
  },
);

test('a handler that throws at once is tried again as any other', async () => {
  const handler = () => {
    throw new Error('now');
  };
  const { receive, state } = await setUp({ handler });
  const id = receive({});
  await waitFor(async () => (await state(id)).attempts === 1);
  expect((await state(id)).lastError).toBe('the handler failed: Error');
});

test.each([
  ['done', 'delivered', null],
  [{ ok: true }, 'delivered', null],
  [{ kind: 'faild', error: 'a slip' }, 'pending', expect.stringContaining('failed, refused, dead')],
  [{ kind: 'postponed' }, 'pending', 'the handler gave no reason'],
])('a handler that returns %o leaves the message %s, and the next one comes', async (returned, kept, told) => {
  const { receive, state, delivery } = await setUp({ handler: () => returned as never });
  const id = receive({});
  await waitFor(async () => (await state(id)).state !== 'pending' || (await state(id)).lastError !== null);
  expect(await state(id)).toMatchObject({ state: kept, lastError: told });
  const other = receive({ conversationId: 'another' });
  await waitFor(async () => (await state(other)).state !== 'pending' || (await state(other)).lastError !== null);
  expect(delivery.status().state).toBe('running');
});

test('what is postponed costs no attempt, waits, and is delivered in the end', async () => {
  const { clock, receive, delivery, attempt, state } = await setUp();
  const id = receive({});
  (await attempt(0)).end({ kind: 'postponed', reason: 'not now', waitMs: 539_999.5 });
  await waitFor(() => delivery.status().inFlight === 0);
  expect(await state(id)).toMatchObject({ attempts: 0, lastError: 'not now', nextAttemptAt: clock.now() + 540_000 });
  clock.advance(540_000);
  delivery.wake();
  expect(await attempt(1)).toMatchObject({ id, attempt: 1 });
});

test('what can never be delivered is a dead letter at once, and the next message is heard', async () => {
  const { receive, attempt, state } = await setUp();
  const [id, behind] = [receive({}), receive({})];
  (await attempt(0)).end({ kind: 'dead', error: 'no' });
  expect((await attempt(1)).id).toBe(behind);
  expect(await state(id)).toMatchObject({ state: 'dead', lastError: 'no', attempts: 1 });
});

test('a handler that takes too long is told so, and the attempt has failed', async () => {
  const { receive, attempt, state } = await setUp({ timeoutMs: 1 });
  const id = receive({});
  await waitFor(async () => (await state(id)).attempts === 1);
  expect((await attempt(0)).signal.aborted).toBe(true);
  expect((await state(id)).lastError).toBe('the handler took longer than 1 ms');
});

test('its signal, or the end of the mailbox, stops it; a handler that does not listen holds nothing up', async () => {
  const stopping = new AbortController();
  const { inbox, receive, delivery, attempts, attempt, state, stopDelivery } = await setUp({ signal: stopping.signal });
  const id = receive({});
  await attempt(0);
  stopping.abort();
  await waitFor(() => delivery.status().inFlight === 0);
  attempts[0]!.end(delivered);
  expect(delivery.status().state).toBe('stopped');
  const again: string[] = [];
  const second = inbox.deliver(({ messageId }) => new Promise(() => again.push(messageId)));
  await waitFor(() => again.length === 1);
  await stopDelivery();
  expect([second.status().state, delivery.retry(), second.retry()]).toEqual(['stopped', 0, 0]);
  expect(await state(id)).toMatchObject({ state: 'pending', attempts: 0 });
  expect(() => inbox.deliver(() => {})).toThrow(expect.objectContaining({ code: 'CLOSED' }));
});

test('a signal that was aborted before starts nothing', async () => {
  const { receive, delivery, attempts } = await setUp({ signal: AbortSignal.abort() });
  receive({});
  await delivery.stop();
  expect([attempts.length, delivery.status().state]).toEqual([0, 'stopped']);
});

test('each message has one handler: a second delivery beside the first is refused', async () => {
  const { inbox } = await setUp();
  expect(() => inbox.deliver(() => {})).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
});

test('what was read before its attempt ended is not offered again', async () => {
  const { clock, inbox, delivery, receive, state } = await setUp();
  await delivery.stop();
  const reads: (() => void)[] = [];
  const due = async (options?: { limit?: number }) => {
    const found = await inbox.due(options);
    await new Promise<void>((resolve) => reads.push(resolve));
    return found;
  };
  const offered: string[] = [];
  let take = (): void => undefined;
  const handler: DeliveryHandler = ({ messageId }) => {
    offered.push(messageId);
    return new Promise((resolve) => (take = () => resolve(delivered)));
  };
  const facts = { onEvent: () => undefined, now: () => clock.now(), random: () => 1 };
  const slow = deliverMessages(handler, { ...facts, inbox: { ...inbox, due } });
  onTestFinished(() => slow.stop({ timeoutMs: 0 }));
  const read = async (index: number) => (await waitFor(() => reads[index], { what: `reading ${index}` }))();
  await read(0);
  const id = receive({});
  await read(1);
  await waitFor(() => offered.length === 1);
  slow.wake();
  await waitFor(() => reads.length === 3);
  take();
  await waitFor(async () => (await state(id)).state === 'delivered');
  await read(2);
  await read(3);
  expect([offered, slow.status().inFlight]).toEqual([[id], 0]);
});

test('when its end cannot be written down, a message is not offered again at once', async () => {
  const { clock, inbox, delivery, receive } = await setUp();
  await delivery.stop();
  const ack = () => {
    throw new Error('the journal is closed');
  };
  const seen: string[] = [];
  const facts = { onEvent: ({ name }: MailboxEvent) => void seen.push(name), now: () => clock.now(), random: () => 1 };
  const broken = deliverMessages(({ messageId }) => void seen.push(messageId), { ...facts, inbox: { ...inbox, ack } });
  const id = receive({});
  await waitFor(() => seen.includes('delivery-broken'));
  broken.wake();
  await inbox.due();
  await broken.stop({ timeoutMs: 0 });
  expect(seen).toEqual([id, 'delivery-broken']);
});
