import { createManualClock, waitFor } from '@xmtp-messaging/testing';
import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryMailbox, type MemoryMailbox } from '../../test/memory-mailbox.ts';
import { sampleMessage } from '../../test/sample-message.ts';
import { createLogger } from '../log/create-logger.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { readGauges } from '../metrics/gauges.ts';
import { createLoopGuard } from './loop-guard.ts';
import { createDeliveryWorker } from './delivery-worker.ts';
import type { ReplyOutcome } from './send-reply.ts';
import type { DeliveryOutcome } from './types.ts';

interface Attempt {
  id: string;
  attempt: number;
  end: (outcome: DeliveryOutcome) => void;
}

/** A worker whose agent answers when the test says so. */
function setUp(
  options: {
    concurrency?: number;
    maxAttempts?: number;
    replyLimit?: number;
    reply?: () => Promise<ReplyOutcome>;
    before?: (mailbox: MemoryMailbox) => void;
  } = {},
) {
  const clock = createManualClock();
  const mailbox = createMemoryMailbox(() => clock.now());
  options.before?.(mailbox);
  const loopGuard = createLoopGuard({ limit: options.replyLimit ?? 20, now: () => clock.now() });
  const attempts: Attempt[] = [];
  const replies: string[] = [];
  let closed = false;
  const worker = createDeliveryWorker({
    inbox: mailbox.inbox,
    channel: {
      kind: 'webhook',
      deliver: ({ id }, { signal, attempt }) =>
        new Promise<DeliveryOutcome>((resolve, reject) => {
          attempts.push({ id, attempt, end: resolve });
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
      close: () => {
        closed = true;
      },
    },
    view: (message: InboundMessage) => sampleMessage({ id: message.messageId }),
    loopGuard,
    reply: (message, text) => {
      replies.push(text);
      loopGuard.answered(message, text);
      return options.reply?.() ?? Promise.resolve({ kind: 'accepted' });
    },
    logger: createLogger({ level: 'silent' }),
    metrics: createMetrics(() => readGauges(null, 0, 0)),
    concurrency: options.concurrency ?? 4,
    maxAttempts: options.maxAttempts ?? 3,
    retryBaseMs: 1000,
    now: () => clock.now(),
    random: () => 1,
  });
  onTestFinished(() => worker.stop({ timeoutMs: 0 }));
  const attempt = (index: number) => waitFor(() => attempts[index], { what: `attempt ${index}` });
  const state = async (id: string) => (await mailbox.inbox.get(id))!;
  return { clock, mailbox, worker, attempts, replies, attempt, state, closed: () => closed };
}

const delivered: DeliveryOutcome = { kind: 'delivered', reply: null };

test('one at a time in a conversation, in order; conversations side by side', async () => {
  const { mailbox, attempts, attempt } = setUp();
  const [a1, a2] = [mailbox.receive({ conversationId: 'a' }), mailbox.receive({ conversationId: 'a' })];
  const b1 = mailbox.receive({ conversationId: 'b' });
  await attempt(1);
  expect(attempts.map(({ id }) => id)).toEqual([a1.messageId, b1.messageId]);
  attempts[0]!.end(delivered);
  expect((await attempt(2)).id).toBe(a2.messageId);
});

test('no more conversations at once than allowed', async () => {
  const { mailbox, attempts, attempt } = setUp({ concurrency: 2 });
  for (const conversationId of ['a', 'b', 'c']) mailbox.receive({ conversationId });
  await attempt(1);
  expect(attempts).toHaveLength(2);
  attempts[1]!.end(delivered);
  await attempt(2);
});

test('a slow healthy delivery costs those behind it no attempts', async () => {
  const { clock, mailbox, worker, attempts, attempt, state } = setUp({ maxAttempts: 1 });
  mailbox.receive({ conversationId: 'a' });
  const waiting = mailbox.receive({ conversationId: 'a' });
  await attempt(0);
  for (let hour = 0; hour < 24; hour += 1) {
    clock.advance(3_600_000);
    worker.wake();
  }
  expect(await state(waiting.messageId)).toMatchObject({ state: 'pending', attempts: 0 });
  attempts[0]!.end(delivered);
  expect((await attempt(1)).id).toBe(waiting.messageId);
});

test('failures are retried later and later, with the same id, and end as a dead letter', async () => {
  const { clock, mailbox, worker, attempts, attempt, state } = setUp();
  const { messageId } = mailbox.receive({});
  const behind = mailbox.receive({});
  for (const [index, wait] of [1000, 2000].entries()) {
    (await attempt(index)).end({ kind: 'failed', error: 'the webhook answered 500' });
    const row = await waitFor(async () => ((await state(messageId)).attempts === index + 1 ? state(messageId) : null));
    expect(row).toMatchObject({
      state: 'pending',
      nextAttemptAt: clock.now() + wait,
      lastError: 'the webhook answered 500',
    });
    clock.advance(wait);
    worker.wake();
  }
  (await attempt(2)).end({ kind: 'failed', error: 'the webhook answered 500' });
  await waitFor(async () => (await state(messageId)).state === 'dead');
  expect(attempts.slice(0, 3).map(({ id, attempt: number }) => [id, number])).toEqual(
    [1, 2, 3].map((number) => [messageId, number]),
  );
  expect((await attempt(3)).id).toBe(behind.messageId);
  expect(worker.state().lastError).toMatchObject({ message: 'the webhook answered 500' });
});

test('the agent may ask for a longer pause, up to an hour', async () => {
  const { clock, mailbox, attempt, state } = setUp();
  const { messageId } = mailbox.receive({});
  (await attempt(0)).end({ kind: 'failed', error: 'x', retryAfterMs: 86_400_000 });
  await waitFor(async () => (await state(messageId)).attempts === 1);
  expect((await state(messageId)).nextAttemptAt).toBe(clock.now() + 3_600_000);
});

test('410 stops everything and costs no attempt', async () => {
  const { mailbox, worker, attempts, attempt, state } = setUp();
  const { messageId } = mailbox.receive({});
  (await attempt(0)).end({ kind: 'gone', error: 'the webhook answered 410 Gone' });
  await waitFor(() => worker.state().state === 'disabled');
  mailbox.receive({});
  worker.wake();
  await waitFor(() => worker.state().inFlight === 0);
  expect(attempts).toHaveLength(1);
  expect(await state(messageId)).toMatchObject({ state: 'pending', attempts: 0 });
});

test('a dead letter that is replayed is delivered', async () => {
  const { mailbox, attempt } = setUp();
  const { messageId } = mailbox.receive({ state: 'dead' });
  mailbox.inbox.replay(messageId);
  expect((await attempt(0)).id).toBe(messageId);
});

test.each<[ReplyOutcome, string, object]>([
  [{ kind: 'accepted' }, 'delivered', {}],
  [{ kind: 'answered-before' }, 'delivered', {}],
  [{ kind: 'switched-off' }, 'delivered', {}],
  [{ kind: 'failed', error: 'busy' }, 'pending', { attempts: 1, lastError: 'its reply was not sent: busy' }],
  [
    { kind: 'impossible', error: 'too large' },
    'dead',
    { lastError: 'delivered, but its reply cannot be sent: too large' },
  ],
])('a reply that is %o leaves the message %s', async (outcome, expected, facts) => {
  const { mailbox, replies, attempt, state, worker } = setUp({ reply: () => Promise.resolve(outcome) });
  const { messageId } = mailbox.receive({});
  (await attempt(0)).end({ kind: 'delivered', reply: 'Hi' });
  await waitFor(() => worker.state().inFlight === 0);
  expect(replies).toEqual(['Hi']);
  expect(await state(messageId)).toMatchObject({ state: expected, ...facts });
});

test('a refusal is final after a few, and lets the next message be heard', async () => {
  const { clock, mailbox, worker, attempts, attempt, state } = setUp({ maxAttempts: 20 });
  const { messageId } = mailbox.receive({});
  const behind = mailbox.receive({});
  const refused = { kind: 'refused', error: 'the webhook answered 422', attempts: 3 } as const;
  const outcomes: DeliveryOutcome[] = [refused, refused, { kind: 'failed', error: 'x' }, refused, refused, refused];
  for (const [index, outcome] of outcomes.entries()) {
    (await attempt(index)).end(outcome);
    await waitFor(() => worker.state().inFlight === 0 || index === 5);
    clock.advance(180_000);
    worker.wake();
  }
  await waitFor(async () => (await state(messageId)).state === 'dead');
  expect(await state(messageId)).toMatchObject({ state: 'dead', lastError: 'the webhook answered 422' });
  expect([(await attempt(6)).id, attempts.length]).toEqual([behind.messageId, 7]);
});

test('one bad message among many good ones is not asked for after each of them', async () => {
  const { mailbox, worker, attempts, attempt } = setUp({ maxAttempts: 100 });
  const bad = mailbox.receive({ conversationId: 'bad' }).messageId;
  const settle = async () => {
    for (let done = 0; done < attempts.length || worker.state().inFlight > 0; done += 1) {
      const { id, end } = await attempt(done);
      end(id === bad ? { kind: 'failed', error: 'the webhook answered 500' } : delivered);
      await waitFor(() => attempts.length > done + 1 || worker.state().inFlight === 0);
    }
  };
  await settle();
  for (let count = 0; count < 40; count += 1) {
    mailbox.receive({ conversationId: `good ${count}` });
    await settle();
  }
  const asked = attempts.filter(({ id }) => id === bad).length;
  expect([asked > 1, asked <= 6]).toEqual([true, true]);
});

test('a pause that the agent asked for, and a refusal, outlast a success of others', async () => {
  const { mailbox, worker, attempts, attempt } = setUp({ maxAttempts: 100 });
  for (const conversationId of ['slow', 'refused']) mailbox.receive({ conversationId });
  (await attempt(0)).end({ kind: 'failed', error: 'the webhook answered 429', retryAfterMs: 60_000 });
  (await attempt(1)).end({ kind: 'refused', error: 'the webhook answered 422', attempts: 3 });
  await waitFor(() => worker.state().inFlight === 0);
  mailbox.receive({ conversationId: 'good' });
  (await attempt(2)).end(delivered);
  await waitFor(() => worker.state().inFlight === 0);
  expect([attempts.length, worker.state().failing]).toEqual([3, 2]);
});

test('the first success after an outage wakes everybody', async () => {
  const { clock, mailbox, worker, attempts, attempt } = setUp({ maxAttempts: 100 });
  const ids = ['a', 'b', 'c'].map((conversationId) => mailbox.receive({ conversationId }).messageId);
  for (let round = 0; round < 8; round += 1) {
    for (let index = 0; index < 3; index += 1)
      (await attempt(round * 3 + index)).end({ kind: 'failed', error: 'cannot be reached' });
    await waitFor(() => worker.state().inFlight === 0);
    if (round < 7) clock.advance(180_000);
    worker.wake();
  }
  expect(worker.state()).toMatchObject({ failing: 3, inFlight: 0 });
  const count = attempts.length;
  mailbox.receive({ conversationId: 'd' });
  (await attempt(count)).end(delivered);
  await attempt(count + 3);
  expect(attempts.slice(count + 1).map(({ id }) => id)).toEqual(ids);
  for (const { end } of attempts.slice(count + 1)) end(delivered);
  await waitFor(() => worker.state().failing === 0);
});

test('a start wakes what waits, and so does a request, which also ends a 410', async () => {
  const { clock, mailbox, worker, attempts, attempt } = setUp({
    before: (box) => void box.receive({ attempts: 5, nextAttemptAt: Number.MAX_SAFE_INTEGER }),
  });
  expect((await attempt(0)).attempt).toBe(6);
  attempts[0]!.end({ kind: 'gone', error: 'the webhook answered 410 Gone' });
  await waitFor(() => worker.state().state === 'disabled');
  expect(worker.state().lastError).toMatchObject({ message: 'the webhook answered 410 Gone' });
  mailbox.receive({ conversationId: 'b', nextAttemptAt: clock.now() + 1000 });
  expect(worker.retry()).toBe(1);
  await attempt(2);
  expect(worker.state()).toMatchObject({ state: 'running', inFlight: 2 });
});

test('what the loop guard holds back costs the agent nothing and no attempt, waits, and is delivered in the end', async () => {
  const { clock, mailbox, worker, attempts, attempt, state } = setUp({ replyLimit: 2 });
  for (let turn = 0; turn < 2; turn += 1) {
    mailbox.receive({ text: `question ${turn}` });
    (await attempt(turn)).end({ kind: 'delivered', reply: `answer ${turn}` });
    await waitFor(() => worker.state().inFlight === 0);
    clock.advance(30_000);
  }
  const { messageId } = mailbox.receive({ text: 'question 2' });
  await waitFor(() => worker.state().heldBack === 1);
  expect(attempts).toHaveLength(2);
  expect(await state(messageId)).toMatchObject({
    state: 'pending',
    attempts: 0,
    lastError: expect.stringContaining('loop guard'),
    nextAttemptAt: clock.now() + 540_000,
  });
  clock.advance(540_000);
  worker.wake();
  expect((await attempt(2)).id).toBe(messageId);
  expect(worker.state().heldBack).toBe(0);
});

test('an operator who asks for it has what is held back delivered now', async () => {
  const { mailbox, worker, attempt } = setUp({ replyLimit: 1 });
  mailbox.receive({ text: 'question 0' });
  (await attempt(0)).end({ kind: 'delivered', reply: 'answer 0' });
  const { messageId } = mailbox.receive({ text: 'question 1' });
  await waitFor(() => worker.state().heldBack === 1);
  worker.retry();
  expect((await attempt(1)).id).toBe(messageId);
});

test('a loop ends as a dead letter that says why', async () => {
  const { mailbox, worker, attempts, attempt, state } = setUp({ replyLimit: 2 });
  for (let turn = 0; turn < 2; turn += 1) {
    mailbox.receive({ text: 'Thank you!' });
    (await attempt(turn)).end({ kind: 'delivered', reply: 'You are welcome!' });
    await waitFor(() => worker.state().inFlight === 0);
  }
  const { messageId } = mailbox.receive({ text: 'thank you!' });
  await waitFor(async () => (await state(messageId)).state === 'dead');
  expect([(await state(messageId)).lastError, attempts.length]).toEqual([expect.stringContaining('repeats'), 2]);
});

test('stopping waits for what is under way, then breaks it off without counting it', async () => {
  const { mailbox, worker, attempt, state, closed } = setUp();
  const finishing = mailbox.receive({ conversationId: 'a' });
  const stuck = mailbox.receive({ conversationId: 'b' });
  const first = await attempt(0);
  await attempt(1);
  const stopped = worker.stop({ timeoutMs: 50 });
  first.end(delivered);
  await stopped;
  expect((await state(finishing.messageId)).state).toBe('delivered');
  expect(await state(stuck.messageId)).toMatchObject({ state: 'pending', attempts: 0 });
  expect(closed()).toBe(true);
});
