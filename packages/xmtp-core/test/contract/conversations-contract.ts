import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Mailbox, PageRequest } from '../../src/index.ts';
import { messageOf, type MakeStage } from './types.ts';

/** Over a network nothing happens in the millisecond of what came before; in memory it does. */
const nextMillisecond = async () => {
  const now = Date.now();
  await waitFor(() => Date.now() > now, { intervalMs: 1 });
};

/** Every message of a conversation, page by page. */
export async function walk(mailbox: Mailbox, id: string, request: PageRequest): Promise<string[]> {
  const seen: string[] = [];
  let place: PageRequest = {};
  for (;;) {
    const page = await mailbox.conversations.messages(id, { ...request, ...place });
    seen.push(...page.messages.map(({ direction, text }) => `${direction} ${text}`));
    if (!page.more) return seen;
    place = request.order === 'asc' ? { after: page.newest! } : { before: page.oldest! };
  }
}

/** What a mailbox knows of its conversations. */
export function conversationsContract(make: MakeStage): void {
  test('a conversation is all that was heard and said there, in pages of any size and both orders', async () => {
    const { mailbox, alice } = await make();
    const first = await alice.write('1');
    const { conversationId } = await messageOf(mailbox, first);
    const to = { address: alice.address };
    const sent = await mailbox.send({ to, text: '2', idempotencyKey: 'key-2' });
    await alice.write('3');
    await mailbox.send({ to, text: '4' });
    await alice.write('5');
    const all = ['in 1', 'out 2', 'in 3', 'out 4', 'in 5'];
    for (const limit of [1, 2, 5, 100]) {
      expect(await walk(mailbox, conversationId, { limit, order: 'asc' })).toEqual(all);
      expect(await walk(mailbox, conversationId, { limit })).toEqual(all.toReversed());
    }
    const { messages } = await mailbox.conversations.messages(conversationId, { after: first, order: 'asc', limit: 1 });
    expect(messages).toEqual([
      {
        direction: 'out',
        seq: expect.any(Number),
        type: 'text',
        content: { text: '2' },
        fallback: null,
        gone: null,
        messageId: sent.messageId,
        conversationId,
        conversationType: 'dm',
        senderInboxId: mailbox.inboxId,
        contentType: 'xmtp.org/text:1.0',
        sentAt: expect.any(Number),
        expiresAt: null,
        deliveryState: 'sent',
        idempotencyKey: 'key-2',
        text: '2',
        replyTo: null,
      },
    ]);
    expect(await mailbox.conversations.message(sent.messageId)).toEqual(messages[0]);
    expect(await mailbox.conversations.message(first)).toMatchObject({ direction: 'in', text: '1' });
    await expect(mailbox.conversations.messages('00'.repeat(16))).rejects.toMatchObject({
      code: 'CONVERSATION_NOT_FOUND',
    });
    for (const before of ['x', '1', 'f'.repeat(64)]) {
      await expect(mailbox.conversations.messages(conversationId, { before })).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
      });
    }
  });

  test('what was sent is listed in its order, typed, with what became of it, by cursors that stay', async () => {
    const { mailbox, alice, bob } = await make();
    const to = { address: alice.address };
    const one = await mailbox.send({ to, text: '1', idempotencyKey: 'key-1' });
    const reply = { ...one, replyTo: one.messageId };
    await mailbox.send({ to: { address: bob.address }, text: '# 2', contentType: 'markdown' });
    await mailbox.send({ to, text: '3', replyTo: reply.replyTo });
    await alice.write('heard');
    const { conversations } = mailbox;
    const all = await conversations.sent();
    expect(all).toMatchObject([
      { direction: 'out', messageId: one.messageId, type: 'text', idempotencyKey: 'key-1', deliveryState: 'sent' },
      { type: 'markdown', content: { markdown: '# 2' }, idempotencyKey: null },
      { type: 'reply', content: { reference: one.messageId, content: { type: 'text', content: { text: '3' } } } },
    ]);
    const [first, second, third] = all.map(({ seq }) => seq) as [number, number, number];
    expect(await conversations.sent({ order: 'desc' })).toEqual(all.toReversed());
    expect(await conversations.sent({ after: first, limit: 1 })).toEqual([all[1]]);
    expect(await conversations.sent({ before: third, order: 'desc', limit: 1 })).toEqual([all[1]]);
    expect(await conversations.sent({ after: third })).toEqual([]);
    const { conversationId } = one;
    expect(await conversations.sent({ conversationId })).toEqual([all[0], all[2]]);
    expect(await conversations.sent({ conversationId, after: first, before: third })).toEqual([]);
    expect(await conversations.sent({ conversationId, order: 'desc', before: second })).toEqual([all[0]]);
    await mailbox.send({ to, text: '4' });
    expect(await conversations.sent({ after: third })).toMatchObject([{ text: '4' }]);
    await expect(conversations.sent({ conversationId: '00'.repeat(16) })).rejects.toMatchObject({
      code: 'CONVERSATION_NOT_FOUND',
    });
    await expect(conversations.sent({ limit: 0 })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('conversations are listed by what happened last, with what waits and what is unread', async () => {
    const { mailbox, alice, bob } = await make();
    const { conversations, inbox } = mailbox;
    const id = await alice.write('a1');
    await nextMillisecond();
    await bob.write('b1');
    const list = async (request?: PageRequest) => (await conversations.list(request)).conversations;
    const [newest, oldest] = await list();
    expect([newest, oldest]).toMatchObject([
      { type: 'dm', title: null, peers: [{ addresses: [bob.address] }], unread: 1, pending: 1, members: 2 },
      { peers: [{ addresses: [alice.address] }], isHeard: true, isMember: true, consent: 'allowed' },
    ]);
    expect(await list({ order: 'asc' })).toEqual([oldest, newest]);
    const page = await conversations.list({ limit: 1 });
    expect([page.conversations, page.more]).toEqual([[newest], true]);
    expect(await list({ before: page.oldest! })).toEqual([oldest]);
    expect(await list({ after: page.newest! })).toEqual([]);

    inbox.ack(id);
    expect(await conversations.get(oldest!.id)).toMatchObject({ pending: 0, unread: 1 });
    const seq = conversations.lastSeq(oldest!.id);
    await nextMillisecond();
    await alice.write('a2');
    conversations.markRead(oldest!.id, seq);
    expect(await conversations.get(oldest!.id)).toMatchObject({ pending: 1, unread: 1 });
    conversations.markRead(oldest!.id, conversations.lastSeq(oldest!.id));
    // Somebody who was slower takes nothing back.
    conversations.markRead(oldest!.id, seq);
    expect(await conversations.get(oldest!.id)).toMatchObject({ pending: 1, unread: 0 });
    expect((await list({ after: page.newest! })).map((each) => each.id)).toEqual([oldest!.id]);
    expect(await conversations.get('00'.repeat(16))).toBeNull();
  });

  test('what was not admitted is never shown', async () => {
    let isAdmitting = false;
    const admit = () =>
      isAdmitting ? ({ admit: true, sender: 'allowlisted' } as const) : ({ admit: false, reason: 'no' } as const);
    const { mailbox, alice } = await make({ admit });
    const before = await alice.write('before');
    const { conversations } = mailbox;
    const [summary] = (await conversations.list()).conversations;
    const shown = async () => (await conversations.messages(summary!.id)).messages.map(({ text }) => text);
    expect([await shown(), summary?.unread]).toEqual([[], 0]);
    // Neither read nor a place, no more than an id of nothing.
    for (const id of [before, '0'.repeat(64)]) {
      expect(await conversations.message(id)).toBeNull();
      await expect(conversations.messages(summary!.id, { after: id })).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
      });
    }
    isAdmitting = true;
    await alice.write('meanwhile');
    isAdmitting = false;
    await alice.write('afterwards');
    await mailbox.send({ to: { address: alice.address }, text: 'mine' });
    expect(await shown()).toEqual(['mine', 'meanwhile']);
    expect(await walk(mailbox, summary!.id, { limit: 1, order: 'asc' })).toEqual(['in meanwhile', 'out mine']);
  });
}
