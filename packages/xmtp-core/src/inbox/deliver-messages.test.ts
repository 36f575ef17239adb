import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createDeliveryStage as setUp } from '../../test/create-delivery-stage.ts';
import type { DeliveryOutcome } from './deliver-types.ts';

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
