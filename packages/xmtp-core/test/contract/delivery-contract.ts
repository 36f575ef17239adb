import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { type MakeStage, messageOf } from './types.ts';

const hourMs = 3_600_000;

/** The moves of an accepted message. */
export function deliveryContract(make: MakeStage): void {
  const setUp = async () => {
    const stage = await make();
    const { mailbox } = stage;
    return {
      ...stage,
      inbox: mailbox.inbox,
      due: async () => (await mailbox.inbox.due()).map(({ text }) => text),
      get: (id: string) => messageOf(mailbox, id),
    };
  };

  test('the oldest of each conversation is due; only an ack lets the next one pass', async () => {
    const { inbox, alice, bob, due } = await setUp();
    const first = await alice.write('a1');
    await alice.write('a2');
    await bob.write('b1');
    expect(await due()).toEqual(['a1', 'b1']);
    expect((await inbox.due({ limit: 1 })).map(({ text }) => text)).toEqual(['a1']);
    expect([inbox.ack(first), inbox.ack(first), inbox.ack('never heard of')]).toEqual([true, true, false]);
    expect(await due()).toEqual(['a2', 'b1']);
  });

  test('a failed attempt is counted, waits, and holds up its own conversation only', async () => {
    const { inbox, alice, bob, due, get } = await setUp();
    const id = await alice.write('a1');
    await alice.write('a2');
    await bob.write('b1');
    const retryAt = Date.now() + hourMs;
    expect(inbox.retryLater(id, { error: 'HTTP 500', retryAt })).toBe(true);
    expect(await get(id)).toMatchObject({ state: 'pending', attempts: 1, lastError: 'HTTP 500' });
    expect(await due()).toEqual(['b1']);
    inbox.ack((await inbox.due())[0]!.messageId);
    const nextDueAt = inbox.nextDueAt()!;
    expect(Math.abs(nextDueAt - retryAt)).toBeLessThan(hourMs / 60);
    inbox.retryLater(id, { error: 'HTTP 502', retryAt: Date.now() });
    expect(await get(id)).toMatchObject({ attempts: 2, lastError: 'HTTP 502' });
    expect(await due()).toEqual(['a1']);
  });

  test('what is postponed waits without an attempt, until it is woken', async () => {
    const { inbox, alice, bob, due, get } = await setUp();
    const ids = [await alice.write('a1'), await bob.write('b1')];
    for (const id of ids) expect(inbox.postpone(id, { reason: 'asleep', until: Date.now() + hourMs })).toBe(true);
    expect(await get(ids[0]!)).toMatchObject({ state: 'pending', attempts: 0, lastError: 'asleep' });
    expect(await due()).toEqual([]);
    expect([inbox.wakeAll(), inbox.wakeAll()]).toEqual([2, 0]);
    expect(await due()).toEqual(['a1', 'b1']);
    expect(await get(ids[1]!)).toMatchObject({ attempts: 0, lastError: 'asleep' });
    inbox.retryLater(ids[0]!, { error: 'x', retryAt: Date.now() + hourMs });
    expect(inbox.wakeAll()).toBe(1);
    expect(await get(ids[0]!)).toMatchObject({ attempts: 1, lastError: 'x' });
  });

  test('nothing is due next when nothing is pending', async () => {
    const { inbox, alice } = await setUp();
    expect(inbox.nextDueAt()).toBeNull();
    const id = await alice.write('a1');
    expect(inbox.nextDueAt()).toBeLessThanOrEqual(Date.now());
    inbox.bury(id, 'x');
    expect(inbox.nextDueAt()).toBeNull();
  });

  test('burying counts the attempt, says why, and lets the next one pass', async () => {
    const { inbox, alice, due, get } = await setUp();
    const id = await alice.write('a1');
    await alice.write('a2');
    inbox.retryLater(id, { error: 'first', retryAt: Date.now() });
    expect(inbox.bury(id, 'HTTP 410')).toBe(true);
    expect(await get(id)).toMatchObject({ state: 'dead', attempts: 2, lastError: 'HTTP 410', nextAttemptAt: null });
    expect(await due()).toEqual(['a2']);
    expect(inbox.bury(id, 'again')).toBe(false);
    expect((await get(id)).lastError).toBe('HTTP 410');
  });

  test('a dead letter that is replayed starts anew, and subscribers hear of it', async () => {
    const { inbox, alice, due, get } = await setUp();
    const id = await alice.write('a1');
    const heard: string[] = [];
    inbox.subscribe((record) => heard.push(`${record.messageId} ${record.state} ${record.attempts}`));
    expect([inbox.replay(id), inbox.replay('never heard of')]).toEqual([false, false]);
    inbox.bury(id, 'x');
    expect(inbox.replay(id)).toBe(true);
    expect(await get(id)).toMatchObject({ seq: 1, state: 'pending', attempts: 0, lastError: null });
    expect(heard).toEqual([`${id} pending 0`]);
    expect(await due()).toEqual(['a1']);
  });

  test('the oldest dead letters are replayed together', async () => {
    const { inbox, alice, bob } = await setUp();
    const ids: string[] = [];
    for (const person of [alice, bob, alice]) ids.push(await person.write('x'));
    for (const id of ids) inbox.bury(id, 'x');
    expect(inbox.replayAll({ limit: 2 })).toBe(2);
    expect((await inbox.list({ states: ['dead'] })).map(({ messageId }) => messageId)).toEqual([ids[2]]);
    expect([inbox.replayAll(), inbox.replayAll()]).toEqual([1, 0]);
  });

  test('a dead letter that is discarded stays so, whoever acknowledges it', async () => {
    const { inbox, alice, get } = await setUp();
    const id = await alice.write('a1');
    expect([inbox.discard(id), inbox.discard('never heard of')]).toEqual([false, false]);
    inbox.bury(id, 'x');
    expect([inbox.discard(id), inbox.discard(id)]).toEqual([true, false]);
    expect(await get(id)).toMatchObject({ state: 'discarded', attempts: 1, lastError: null });
    expect(inbox.ack(id)).toBe(true);
    expect([inbox.replay(id), inbox.bury(id, 'x')]).toEqual([false, false]);
    expect((await get(id)).state).toBe('discarded');
  });

  test('an acknowledgement also takes a dead letter, and clears what was wrong', async () => {
    const { inbox, alice, get } = await setUp();
    const [id, other] = [await alice.write('a1'), await alice.write('a2')];
    inbox.bury(id, 'x');
    inbox.retryLater(other, { error: 'x', retryAt: Date.now() + hourMs });
    expect([inbox.ack(id), inbox.ack(other)]).toEqual([true, true]);
    for (const each of [id, other]) {
      expect(await get(each)).toMatchObject({ state: 'delivered', attempts: 1, nextAttemptAt: null, lastError: null });
    }
    const moves = [inbox.retryLater(id, { error: 'x', retryAt: 0 }), inbox.postpone(id, { reason: 'x', until: 0 })];
    expect([...moves, inbox.bury(id, 'x'), inbox.replay(id), inbox.discard(id)]).toEqual(Array(5).fill(false));
    expect((await get(id)).state).toBe('delivered');
  });

  test('the loop carries messages to a handler, in order in each conversation, until they are taken or dead', async () => {
    const { inbox, alice, bob, get } = await setUp();
    const [bad] = [await alice.write('bad'), await alice.write('a2')];
    const seen: string[] = [];
    const delivery = inbox.deliver(
      async ({ text }, { attempt }) => {
        seen.push(`${text} ${attempt}`);
        if (text === 'bad') throw new Error('no');
      },
      { maxAttempts: 2, retryBaseMs: 1 },
    );
    const last = await bob.write('b1');
    await waitFor(async () => (await inbox.list({ states: ['pending'] })).length === 0);
    expect(seen.filter((each) => !each.startsWith('b1'))).toEqual(['bad 1', 'bad 2', 'a2 1']);
    expect(await get(bad)).toMatchObject({ state: 'dead', attempts: 2, lastError: 'the handler failed: Error' });
    expect((await get(last)).state).toBe('delivered');
    await delivery.stop();
    const later = await bob.write('b2');
    expect([(await get(later)).state, seen.length]).toEqual(['pending', 4]);
  });
}
