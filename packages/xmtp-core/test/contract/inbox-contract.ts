import { expect, test } from 'vitest';
import type { Address, DeliveryState, Verdict } from '../../src/index.ts';
import type { MakeStage } from './types.ts';

/** Admission and reading. */
export function inboxContract(make: MakeStage): void {
  test('a message is there as it was written, with everything that is known of it', async () => {
    const { mailbox, alice } = await make();
    const messageId = await alice.write('hello');
    const message = await mailbox.inbox.get(messageId);
    expect(message).toEqual({
      seq: 1,
      type: 'text',
      content: { text: 'hello' },
      fallback: null,
      gone: null,
      expiresAt: null,
      messageId,
      conversationId: expect.stringMatching(/^[0-9a-f]{32}$/),
      conversationType: 'dm',
      senderInboxId: expect.stringMatching(/^[0-9a-f]{64}$/),
      senderAddresses: [alice.address],
      contentType: 'xmtp.org/text:1.0',
      contentBytes: 5,
      sentAt: expect.any(Number),
      sender: 'allowlisted',
      receivedAt: expect.any(Number),
      historical: false,
      knock: false,
      state: 'pending',
      attempts: 0,
      nextAttemptAt: expect.any(Number),
      lastError: null,
      text: 'hello',
      replyTo: null,
      members: null,
      named: [],
    });
    expect(await mailbox.inbox.list()).toEqual([message]);
    expect(await mailbox.inbox.due()).toEqual([message]);
    expect(await mailbox.inbox.get('00'.repeat(32))).toBeNull();
    // What is handed out is a copy.
    Object.assign(message!, { state: 'dead', text: 'other' });
    expect(await mailbox.inbox.get(messageId)).toMatchObject({ state: 'pending', text: 'hello' });
  });

  test('a list goes on behind a position, up to a limit, and shows the states that are asked for', async () => {
    const { mailbox, alice, bob } = await make();
    const ids = [await alice.write('1'), await bob.write('2'), await alice.write('3'), await bob.write('4')];
    const { inbox } = mailbox;
    inbox.ack(ids[0]!);
    inbox.bury(ids[1]!, 'x');
    const texts = async (options: Parameters<typeof inbox.list>[0]) =>
      (await inbox.list(options)).map(({ text }) => text);
    expect(await texts({})).toEqual(['1', '2', '3', '4']);
    expect((await inbox.list()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(await texts({ limit: 3 })).toEqual(['1', '2', '3']);
    expect(await texts({ limit: 1_000_000 })).toHaveLength(4);
    const { seq } = (await inbox.get(ids[1]!))!;
    expect(await texts({ after: seq })).toEqual(['3', '4']);
    expect(await texts({ after: seq, limit: 1 })).toEqual(['3']);
    expect(await texts({ states: ['pending'] })).toEqual(['3', '4']);
    expect(await texts({ states: ['dead', 'delivered'] })).toEqual(['1', '2']);
    expect(await texts({ states: ['pending', 'delivered'], limit: 2 })).toEqual(['1', '3']);
    expect(await texts({ states: ['discarded'] })).toEqual([]);
    expect(await texts({ order: 'desc' })).toEqual(['4', '3', '2', '1']);
    expect(await texts({ order: 'desc', before: seq, limit: 5 })).toEqual(['1']);
    const { conversationId, senderInboxId: inboxId } = (await inbox.get(ids[1]!))!;
    expect(await texts({ conversationId })).toEqual(['2', '4']);
    expect(await texts({ conversationId, states: ['pending'], order: 'desc' })).toEqual(['4']);
    expect(await texts({ from: { inboxId } })).toEqual(['2', '4']);
    expect(await texts({ from: { address: alice.address }, limit: 1, order: 'desc' })).toEqual(['3']);
    expect(await texts({ from: { address: alice.address }, conversationId })).toEqual([]);
    expect(await texts({ from: { address: `0x${'77'.repeat(20)}` } })).toEqual([]);
    expect(await texts({ states: [] })).toEqual([]);
  });

  test('a limit below one, or between two, is refused wherever there is one', async () => {
    const { inbox } = (await make()).mailbox;
    const refusal = { code: 'INVALID_REQUEST' };
    for (const limit of [0, -1, 1.5, Number.NaN]) {
      await expect(inbox.list({ limit })).rejects.toMatchObject(refusal);
      await expect(inbox.due({ limit })).rejects.toMatchObject(refusal);
      expect(() => inbox.replayAll({ limit })).toThrow(expect.objectContaining(refusal));
      expect(() => inbox.dropped({ limit })).toThrow(expect.objectContaining(refusal));
    }
  });

  test('subscribers hear of each message when it can be read; one that throws keeps nobody else from it', async () => {
    const { mailbox, alice } = await make();
    const { inbox } = mailbox;
    expect(inbox.lastSeq()).toBe(0);
    const heard: string[] = [];
    let read: Promise<unknown> = Promise.resolve();
    inbox.subscribe(() => {
      throw new Error('no');
    });
    const unsubscribe = inbox.subscribe(({ messageId, seq, state }) => {
      heard.push(`${messageId} ${seq} ${state}`);
      read = inbox.get(messageId);
    });
    const id = await alice.write('hello');
    expect(heard).toEqual([`${id} 1 pending`]);
    expect(await read).toMatchObject({ text: 'hello' });
    unsubscribe();
    await alice.write('again');
    expect([heard.length, inbox.lastSeq()]).toEqual([1, 2]);
  });

  test('who is not admitted is counted by sender and reason, newest first, and nothing else is kept', async () => {
    const list: Address[] = [];
    const admit = ({ senderAddresses }: { senderAddresses: readonly Address[] }): Verdict =>
      senderAddresses.some((address) => list.includes(address))
        ? { admit: true, sender: 'unknown' }
        : { admit: false, reason: 'not-listed' };
    const { mailbox, alice, bob } = await make({ admit });
    const { inbox } = mailbox;
    const ids = [await alice.write('SECRET'), await alice.write('SECRET'), await bob.write('SECRET')];
    expect(await Promise.all(ids.map((id) => inbox.get(id)))).toEqual([null, null, null]);
    expect([await inbox.list(), inbox.lastSeq(), inbox.nextDueAt()]).toEqual([[], 0, null]);
    expect(mailbox.status().inbox).toMatchObject({ pending: 0, dropped: 3 });
    const [first, second] = inbox.dropped();
    expect([first, second]).toMatchObject([
      { senderAddresses: [bob.address], reason: 'not-listed', count: 1 },
      { senderAddresses: [alice.address], reason: 'not-listed', count: 2 },
    ]);
    expect(inbox.dropped({ limit: 1 })).toEqual([first]);
    expect(JSON.stringify(inbox.dropped())).not.toContain('SECRET');
    list.push(alice.address);
    expect(await inbox.get(await alice.write('hello'))).toMatchObject({ sender: 'unknown', text: 'hello' });
  });

  test('an admission that throws drops', async () => {
    const { mailbox, alice } = await make({
      admit: () => {
        throw new Error('no');
      },
    });
    await alice.write('hello');
    expect(mailbox.inbox.dropped()).toMatchObject([{ reason: 'admission-failed', count: 1 }]);
  });

  test('what cannot be decided on waits, is shown, and is decided on when the list has changed', async () => {
    let verdict: Verdict = { admit: false, reason: 'list-unreadable', undecided: true };
    const { mailbox, alice } = await make({ admit: () => verdict });
    const ids = [await alice.write('1'), await alice.write('2')];
    expect(await mailbox.inbox.list()).toEqual([]);
    expect(mailbox.status().inbox).toMatchObject({
      dropped: 0,
      waiting: [{ reason: 'list-unreadable', count: 2, since: expect.any(Number) }],
    });
    verdict = { admit: true, sender: 'allowlisted' };
    await mailbox.reconsider();
    expect((await mailbox.inbox.list()).map(({ messageId }) => messageId)).toEqual(ids);
    expect(mailbox.status().inbox.waiting).toEqual([]);
  });

  test('the status counts what is in each state', async () => {
    const { mailbox, alice } = await make();
    const { inbox } = mailbox;
    const none = { pending: 0, dead: 0, delivered: 0, dropped: 0, oldestPendingAt: null, waiting: [] };
    expect(mailbox.status()).toMatchObject({ state: 'connected', reason: null, inbox: none });
    const ids: string[] = [];
    for (const text of ['1', '2', '3', '4', '5']) ids.push(await alice.write(text));
    const oldestPendingAt = (await inbox.get(ids[3]!))!.receivedAt;
    inbox.ack(ids[0]!);
    inbox.bury(ids[1]!, 'x');
    inbox.bury(ids[2]!, 'x');
    inbox.discard(ids[2]!);
    expect(mailbox.status().inbox).toEqual({ ...none, pending: 2, dead: 1, delivered: 1, oldestPendingAt });
    const states: readonly DeliveryState[] = ['delivered', 'dead', 'discarded', 'pending', 'pending'];
    expect((await inbox.list()).map(({ state }) => state)).toEqual(states);
  });
}
