import { createManualClock, waitFor } from '@xmtp-messaging/testing';
import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryMailbox } from '../../test/memory-mailbox.ts';
import { sampleMessage } from '../../test/sample-message.ts';
import { createLogger } from '../log/create-logger.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { readGauges } from '../metrics/gauges.ts';
import { createDeliveryWorker } from './delivery-worker.ts';
import type { ReplyOutcome } from './send-reply.ts';
import type { DeliveryOutcome } from './types.ts';

interface Attempt {
  id: string;
  attempt: number;
  end: (outcome: DeliveryOutcome) => void;
}

/** A worker whose agent answers when the test says so. */
function setUp(options: { concurrency?: number; maxAttempts?: number; reply?: () => Promise<ReplyOutcome> } = {}) {
  const clock = createManualClock();
  const mailbox = createMemoryMailbox(() => clock.now());
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
    reply: (_, text) => {
      replies.push(text);
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
  [{ kind: 'held-back' }, 'delivered', {}],
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
