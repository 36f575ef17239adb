import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { mailboxError } from '../errors.ts';
import { createTestMailbox } from './create-test-mailbox.ts';
import type { TestMailboxOptions } from './types.ts';

async function open(options: TestMailboxOptions = {}) {
  const mailbox = await createTestMailbox(options);
  onTestFinished(() => mailbox.close({ timeoutMs: 0 }));
  return mailbox;
}

const [alice, bob] = [`0x${'a1'.repeat(20)}`, `0x${'b0'.repeat(20)}`] as const;

test('a message needs no facts, and each is another one', async () => {
  const mailbox = await open();
  const [one, two] = [await mailbox.receive(), await mailbox.receive()];
  expect([one.text, two.text]).toEqual(['message 1', 'message 2']);
  expect(one.senderAddresses).toEqual(['0x00000000000000000000000000000000000a11ce']);
  expect(two).toMatchObject({ conversationId: one.conversationId, conversationType: 'dm' });
  expect(two.messageId).not.toBe(one.messageId);
});

test('messages of a group are of one conversation, whoever writes, and an answer reaches everybody', async () => {
  const mailbox = await open();
  const one = await mailbox.receive({ from: alice, group: 'friends' });
  const two = await mailbox.receive({ from: bob, group: 'friends', replyTo: one.messageId, text: 'yes' });
  const other = await mailbox.receive({ from: bob, group: 'others' });
  expect(two).toMatchObject({ conversationType: 'group', replyTo: one.messageId, text: 'yes' });
  expect([two.conversationId === one.conversationId, other.conversationId === one.conversationId]).toEqual([
    true,
    false,
  ]);
  const { conversationId, messageId } = two;
  await mailbox.send({ to: { conversationId }, text: 'good', replyTo: messageId });
  expect(mailbox.taken).toMatchObject([{ conversationId, to: [alice, bob], text: 'good', replyTo: messageId }]);
});

test('a sender may have several addresses, or none, and an address may move to another inbox', async () => {
  const mailbox = await open();
  expect((await mailbox.receive({ from: [alice, bob] })).senderAddresses).toEqual([alice, bob]);
  expect((await mailbox.receive({ from: [] })).senderAddresses).toEqual([]);
  const moved = await mailbox.receive({ from: [bob] });
  expect(moved.senderAddresses).toEqual([bob]);
  await mailbox.send({ to: { address: bob }, text: 'hello' });
  expect(mailbox.taken[0]).toMatchObject({ conversationId: moved.conversationId, to: [bob] });
});

test('content that is no text has none', async () => {
  const mailbox = await open();
  const reaction = await mailbox.receive({ contentType: 'xmtp.org/reaction:1.0', text: 'like' });
  expect(reaction).toMatchObject({ contentType: 'xmtp.org/reaction:1.0', contentBytes: 4, text: null });
  expect(await mailbox.receive({ contentType: 'xmtp.org/markdown:1.0', text: '# x' })).toMatchObject({ text: '# x' });
  await expect(mailbox.receive({ contentType: 'text' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
});

test('time is that of the test: what was sent long ago is historical, what waits is due when its time has come', async () => {
  let time = Date.UTC(2026, 0, 1);
  const mailbox = await open({ now: () => time });
  const sentAt = time - 7_200_000;
  const { messageId, ...old } = await mailbox.receive({ from: alice, sentAt });
  expect(old).toMatchObject({ sentAt, receivedAt: time, historical: true });
  mailbox.inbox.postpone(messageId, { reason: 'x', until: time + 60_000 });
  expect([await mailbox.inbox.due(), mailbox.inbox.nextDueAt()]).toEqual([[], time + 60_000]);
  time += 60_000;
  expect(await mailbox.inbox.due()).toHaveLength(1);
  // A clock that is set back does not make the network lose its order.
  time -= 3_600_000;
  expect((await mailbox.receive({ from: alice })).seq).toBe(2);
});

test('whoever is not admitted is not received, and says where to look', async () => {
  const mailbox = await open({ admit: () => ({ admit: false, reason: 'not-listed' }) });
  await expect(mailbox.receive()).rejects.toThrow('inbox.dropped()');
  expect(mailbox.inbox.dropped()).toMatchObject([{ reason: 'not-listed', count: 1 }]);
});

test('a denied conversation is not fetched until its sender is allowed', async () => {
  const allowed = new Set<string>();
  const mailbox = await open({
    admit: ({ senderAddresses: [sender = ''] }) =>
      allowed.has(sender) ? { admit: true, sender: 'allowlisted' } : { admit: false, reason: 'not-listed' },
    isAllowed: (address) => allowed.has(address),
  });
  for (let count = 0; count < 3; count += 1) await mailbox.post({ from: alice });
  expect(mailbox.inbox.dropped()).toMatchObject([{ count: 1 }]);
  allowed.add(alice);
  await mailbox.reconsider();
  expect((await mailbox.inbox.list()).map(({ text }) => text)).toEqual(['message 2', 'message 3']);
});

test('what is posted while nothing is answered is there when the network is back', async () => {
  const mailbox = await open();
  await mailbox.receive({ from: alice });
  mailbox.breakNetwork('all');
  const id = await mailbox.post({ from: alice, text: 'late' });
  expect(mailbox.status()).toMatchObject({ state: 'degraded', directions: { receiving: { state: 'failing' } } });
  mailbox.breakNetwork('none');
  await mailbox.receive({ from: alice });
  expect(await mailbox.inbox.get(id)).toMatchObject({ seq: 2, text: 'late' });
  await waitFor(() => mailbox.status().state === 'connected');
});

test('sends are shown whatever comes of them, and may be answered by the test', async () => {
  const mailbox = await open({ absent: [bob] });
  const [right, wrong] = [alice, bob].map((address) => ({ to: { address }, text: 'hello' }));
  await mailbox.send(right!);
  await expect(mailbox.send(wrong!)).rejects.toMatchObject({ code: 'RECIPIENT_NOT_FOUND' });
  mailbox.answerSends(() => Promise.reject(mailboxError('TOO_BUSY')));
  await expect(mailbox.send(right!)).rejects.toMatchObject({ code: 'TOO_BUSY' });
  expect([mailbox.sends, mailbox.taken.length]).toEqual([[right, wrong, right], 1]);
  mailbox.answerSends(null);
  expect(await mailbox.send(right!)).toMatchObject({ status: 'sent' });
});

test('parts of the status may be shown in place of the true ones; the rest stays true', async () => {
  const mailbox = await open();
  mailbox.showStatus({ state: 'rate-limited' });
  mailbox.showStatus({ outbox: { queued: 9, unsettled: 0, oldestUnsettledMs: null } });
  await mailbox.receive();
  expect(mailbox.status()).toMatchObject({ state: 'rate-limited', outbox: { queued: 9 }, inbox: { pending: 1 } });
});

test('subscribers are counted, each once', async () => {
  const mailbox = await open();
  const ends = [mailbox.inbox.subscribe(() => undefined), mailbox.inbox.subscribe(() => undefined)];
  expect(mailbox.subscribers).toBe(2);
  for (const end of [ends[0]!, ends[0]!]) end();
  expect(mailbox.subscribers).toBe(1);
});

test('there is no client of the SDK, and it says so', async () => {
  const mailbox = await open();
  expect(() => mailbox.client).toThrow('no client of the SDK');
});

test('many conversations are heard as soon as a few are', async () => {
  const mailbox = await open();
  for (let count = 0; count < 120; count += 1) await mailbox.receive({ group: `group ${count}` });
  expect(mailbox.inbox.lastSeq()).toBe(120);
  expect(await mailbox.inbox.due({ limit: 1_000 })).toHaveLength(120);
});
