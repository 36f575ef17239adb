import { join } from 'node:path';
import { createManualClock, temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { mailboxError } from '../errors.ts';
import { openJournal } from '../journal/open-journal.ts';
import type { MailboxEvent } from '../types.ts';
import { createInbox } from './create-inbox.ts';
import { deliverMessages } from './deliver-messages.ts';
import type { DeliverOptions, DeliveryHandler, DeliveryOutcome } from './deliver-types.ts';
import { createInboundStore } from './create-inbound-store.ts';
import { createDroppedStore } from './create-dropped-store.ts';

interface Attempt {
  id: string;
  attempt: number;
  end: (outcome: DeliveryOutcome) => void;
  fail: (error: unknown) => void;
  signal: AbortSignal;
}

interface Received {
  conversationId?: string;
  attempts?: number;
  nextAttemptAt?: number;
  state?: 'dead';
}

/** The inbox of a real journal, whose agent answers when the test says so. */
async function setUp(
  options: DeliverOptions & { handler?: DeliveryHandler; before?: (receive: (facts: Received) => string) => void } = {},
) {
  const clock = createManualClock();
  const journal = openJournal({
    path: join(await temporaryDirectory(), 'journal.db'),
    onCommitFailure: () => undefined,
  });
  const inbound = createInboundStore(journal);
  const events: MailboxEvent[] = [];
  const { inbox, announce, stopDelivery } = createInbox({
    journal,
    inbound,
    dropped: createDroppedStore(journal),
    attachments: () => [],
    read: (id) => ({ text: `text of ${id}`, replyTo: null }),
    forget: () => undefined,
    onListenerFailure: () => undefined,
    onEvent: (event) => events.push(event),
    now: () => clock.now(),
    steady: () => clock.now(),
    random: () => 1,
  });
  let count = 0;
  const receive = ({ conversationId = 'a', attempts = 0, nextAttemptAt, state }: Received) => {
    count += 1;
    const messageId = `message ${count}`;
    const facts = { conversationType: 'dm', senderInboxId: 's', senderAddresses: ['0x1'], contentBytes: 3 } as const;
    const times = { sentAt: clock.now(), receivedAt: clock.now(), historical: false };
    const kind = { contentType: 'xmtp.org/text:1.0', sender: 'allowlisted' } as const;
    inbound.insert({ messageId, conversationId, ...facts, ...times, ...kind }, clock.now());
    for (let failed = 0; failed < attempts; failed += 1) inbox.retryLater(messageId, { error: 'x', retryAt: 0 });
    if (nextAttemptAt !== undefined) inbox.postpone(messageId, { reason: 'x', until: nextAttemptAt });
    if (state === 'dead') inbox.bury(messageId, 'x');
    announce(inbound.get(messageId)!);
    return messageId;
  };
  options.before?.(receive);
  const attempts: Attempt[] = [];
  const handler: DeliveryHandler = ({ messageId }, { signal, attempt }) =>
    new Promise((end, fail) => {
      attempts.push({ id: messageId, attempt, end, fail, signal });
    });
  const delivery = inbox.deliver(options.handler ?? handler, {
    concurrency: 4,
    maxAttempts: 3,
    retryBaseMs: 1000,
    ...options,
  });
  onTestFinished(async () => {
    await delivery.stop({ timeoutMs: 0 });
    journal.close();
  });
  const attempt = (index: number) => waitFor(() => attempts[index], { what: `attempt ${index}` });
  const state = async (id: string) => (await inbox.get(id))!;
  return { clock, inbox, delivery, attempts, attempt, state, receive, events, stopDelivery };
}

const delivered: DeliveryOutcome = { kind: 'delivered' };

test('one at a time in a conversation, in order; conversations side by side', async () => {
  const { receive, attempts, attempt } = await setUp();
  const [a1, a2] = [receive({ conversationId: 'a' }), receive({ conversationId: 'a' })];
  const b1 = receive({ conversationId: 'b' });
  await attempt(1);
  expect(attempts.map(({ id }) => id)).toEqual([a1, b1]);
  attempts[0]!.end(delivered);
  expect((await attempt(2)).id).toBe(a2);
});

test('no more conversations at once than allowed', async () => {
  const { receive, attempts, attempt } = await setUp({ concurrency: 2 });
  for (const conversationId of ['a', 'b', 'c']) receive({ conversationId });
  await attempt(1);
  expect(attempts).toHaveLength(2);
  attempts[1]!.end(delivered);
  await attempt(2);
});

test('a slow healthy delivery costs those behind it no attempts', async () => {
  const { clock, receive, delivery, attempts, attempt, state } = await setUp({ maxAttempts: 1 });
  receive({ conversationId: 'a' });
  const waiting = receive({ conversationId: 'a' });
  await attempt(0);
  for (let hour = 0; hour < 24; hour += 1) {
    clock.advance(3_600_000);
    delivery.wake();
  }
  expect(await state(waiting)).toMatchObject({ state: 'pending', attempts: 0 });
  attempts[0]!.end(delivered);
  expect((await attempt(1)).id).toBe(waiting);
});

test('failures are retried later and later, with the same id, and end as a dead letter', async () => {
  const { clock, receive, delivery, attempts, attempt, state } = await setUp();
  const messageId = receive({});
  const behind = receive({});
  for (const [index, wait] of [1000, 2000].entries()) {
    (await attempt(index)).end({ kind: 'failed', error: 'the webhook answered 500' });
    const row = await waitFor(async () => ((await state(messageId)).attempts === index + 1 ? state(messageId) : null));
    expect(row).toMatchObject({
      state: 'pending',
      nextAttemptAt: clock.now() + wait,
      lastError: 'the webhook answered 500',
    });
    clock.advance(wait);
    delivery.wake();
  }
  (await attempt(2)).end({ kind: 'failed', error: 'the webhook answered 500' });
  await waitFor(async () => (await state(messageId)).state === 'dead');
  expect(attempts.slice(0, 3).map(({ id, attempt: number }) => [id, number])).toEqual(
    [1, 2, 3].map((number) => [messageId, number]),
  );
  expect((await attempt(3)).id).toBe(behind);
  expect(delivery.status().lastError).toMatchObject({ message: 'the webhook answered 500' });
});

test('the agent may ask for a longer pause, up to an hour', async () => {
  const { clock, receive, attempt, state } = await setUp();
  const messageId = receive({});
  (await attempt(0)).end({ kind: 'failed', error: 'x', retryAfterMs: 86_400_000 });
  await waitFor(async () => (await state(messageId)).attempts === 1);
  expect((await state(messageId)).nextAttemptAt).toBe(clock.now() + 3_600_000);
});

test('410 stops everything and costs no attempt', async () => {
  const { receive, delivery, attempts, attempt, state } = await setUp();
  const messageId = receive({});
  (await attempt(0)).end({ kind: 'gone', error: 'the webhook answered 410 Gone' });
  await waitFor(() => delivery.status().state === 'disabled');
  receive({});
  delivery.wake();
  await waitFor(() => delivery.status().inFlight === 0);
  expect(attempts).toHaveLength(1);
  expect(await state(messageId)).toMatchObject({ state: 'pending', attempts: 0 });
});

test('a dead letter that is replayed is delivered', async () => {
  const { inbox, receive, attempt } = await setUp();
  const messageId = receive({ state: 'dead' });
  inbox.replay(messageId);
  expect((await attempt(0)).id).toBe(messageId);
});

test('a refusal is final after a few, and lets the next message be heard', async () => {
  const { clock, receive, delivery, attempts, attempt, state } = await setUp({ maxAttempts: 20 });
  const messageId = receive({});
  const behind = receive({});
  const refused = { kind: 'refused', error: 'the webhook answered 422', attempts: 3 } as const;
  const outcomes: DeliveryOutcome[] = [refused, refused, { kind: 'failed', error: 'x' }, refused, refused, refused];
  for (const [index, outcome] of outcomes.entries()) {
    (await attempt(index)).end(outcome);
    await waitFor(() => delivery.status().inFlight === 0 || index === 5);
    clock.advance(180_000);
    delivery.wake();
  }
  await waitFor(async () => (await state(messageId)).state === 'dead');
  expect(await state(messageId)).toMatchObject({ state: 'dead', lastError: 'the webhook answered 422' });
  expect([(await attempt(6)).id, attempts.length]).toEqual([behind, 7]);
});

test('one bad message among many good ones is not asked for after each of them', async () => {
  const { receive, delivery, attempts, attempt } = await setUp({ maxAttempts: 100 });
  const bad = receive({ conversationId: 'bad' });
  const settle = async (awaited: string) => {
    await waitFor(() => attempts.some(({ id }) => id === awaited));
    for (let done = 0; done < attempts.length || delivery.status().inFlight > 0; done += 1) {
      const { id, end } = await attempt(done);
      end(id === bad ? { kind: 'failed', error: 'the webhook answered 500' } : delivered);
      await waitFor(() => attempts.length > done + 1 || delivery.status().inFlight === 0);
    }
  };
  await settle(bad);
  for (let count = 0; count < 40; count += 1) await settle(receive({ conversationId: `good ${count}` }));
  const asked = attempts.filter(({ id }) => id === bad).length;
  expect([asked > 1, asked <= 6]).toEqual([true, true]);
});

test('a pause that the agent asked for, and a refusal, outlast a success of others', async () => {
  const { receive, delivery, attempts, attempt } = await setUp({ maxAttempts: 100 });
  for (const conversationId of ['slow', 'refused']) receive({ conversationId });
  (await attempt(0)).end({ kind: 'failed', error: 'the webhook answered 429', retryAfterMs: 60_000 });
  (await attempt(1)).end({ kind: 'refused', error: 'the webhook answered 422', attempts: 3 });
  await waitFor(() => delivery.status().inFlight === 0);
  receive({ conversationId: 'good' });
  (await attempt(2)).end(delivered);
  await waitFor(() => delivery.status().inFlight === 0);
  expect([attempts.length, delivery.status().failing]).toEqual([3, 2]);
});

test('the first success after an outage wakes everybody', async () => {
  const { clock, receive, delivery, attempts, attempt } = await setUp({ maxAttempts: 100 });
  const ids = ['a', 'b', 'c'].map((conversationId) => receive({ conversationId }));
  for (let round = 0; round < 8; round += 1) {
    for (let index = 0; index < 3; index += 1)
      (await attempt(round * 3 + index)).end({ kind: 'failed', error: 'cannot be reached' });
    await waitFor(() => delivery.status().inFlight === 0);
    if (round < 7) clock.advance(180_000);
    delivery.wake();
  }
  expect(delivery.status()).toMatchObject({ failing: 3, inFlight: 0 });
  const count = attempts.length;
  receive({ conversationId: 'd' });
  (await attempt(count)).end(delivered);
  await attempt(count + 3);
  expect(attempts.slice(count + 1).map(({ id }) => id)).toEqual(ids);
  for (const { end } of attempts.slice(count + 1)) end(delivered);
  await waitFor(() => delivery.status().failing === 0);
});

test('a start wakes what waits, and so does a request, which also ends a 410', async () => {
  const { clock, receive, delivery, attempts, attempt } = await setUp({
    before: (earlier) => void earlier({ attempts: 5, nextAttemptAt: Number.MAX_SAFE_INTEGER }),
  });
  expect((await attempt(0)).attempt).toBe(6);
  attempts[0]!.end({ kind: 'gone', error: 'the webhook answered 410 Gone' });
  await waitFor(() => delivery.status().state === 'disabled');
  expect(delivery.status().lastError).toMatchObject({ message: 'the webhook answered 410 Gone' });
  receive({ conversationId: 'b', nextAttemptAt: clock.now() + 1000 });
  expect(delivery.retry()).toBe(1);
  await attempt(2);
  expect(delivery.status()).toMatchObject({ state: 'running', inFlight: 2 });
});

test('stopping waits for what is under way, then breaks it off without counting it', async () => {
  const { receive, delivery, attempt, state } = await setUp();
  const finishing = receive({ conversationId: 'a' });
  const stuck = receive({ conversationId: 'b' });
  const first = await attempt(0);
  await attempt(1);
  const stopped = delivery.stop({ timeoutMs: 50 });
  first.end(delivered);
  await stopped;
  expect((await state(finishing)).state).toBe('delivered');
  expect(await state(stuck)).toMatchObject({ state: 'pending', attempts: 0 });
});

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
