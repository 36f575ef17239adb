import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Mailbox, MailboxEvent } from '../src/index.ts';
import { createHome, createPerson, open, startNetwork } from './stage.ts';

const dayMs = 86_400_000;

test('old messages are deleted, and neither a restart nor an import of history brings them back to the agent', async () => {
  const { url } = await startNetwork();
  const [us, home] = [createPerson(), await createHome()];
  const peer = await open(url);
  const clock = { aheadMs: 0 };
  const events: MailboxEvent[] = [];
  const openOurs = () =>
    open(url, {
      home,
      person: us,
      journalMs: dayMs,
      messagesMs: 9 * dayMs,
      now: () => Date.now() + clock.aheadMs,
      onEvent: (event) => void events.push(event),
    });
  let mailbox = await openOurs();
  const told = () =>
    events.filter(({ name }) => name === 'message-admitted').map(({ details }) => details['messageId']);
  const tell = async (text: string) => {
    const { messageId } = await peer.send({ to: { address: us.address }, text });
    await waitFor(() => told().includes(messageId), { what: text });
    return messageId;
  };
  const [one, two, waits] = [await tell('one'), await tell('two'), await tell('waits')];
  const ours = await mailbox.send({ to: { address: peer.address }, text: 'ours' });
  const last = await tell('last');
  for (const id of [one, two, last]) mailbox.inbox.ack(id);
  const textsOf = async ({ conversations }: Mailbox) => {
    const [conversation] = (await conversations.list()).conversations;
    return (await conversations.messages(conversation!.id, { order: 'asc' })).messages.map(({ text }) => text);
  };
  const [file, key] = [join(home, 'archive'), randomBytes(32)];
  await mailbox.client.createArchive(file, key);

  // Out of the lists, and as before by its id and in its conversation.
  clock.aheadMs = 2 * dayMs;
  await mailbox.prune();
  expect((await mailbox.inbox.list()).map(({ text }) => text)).toEqual(['waits']);
  expect(await mailbox.inbox.get(two)).toMatchObject({
    text: 'two',
    state: 'delivered',
    senderAddresses: [peer.address],
  });
  expect(await textsOf(mailbox)).toEqual(['one', 'two', 'waits', 'ours', 'last']);

  clock.aheadMs = 20 * dayMs;
  await mailbox.prune();
  expect(await textsOf(mailbox)).toEqual(['waits', 'last']);
  expect([one, ours.messageId].map((id) => mailbox.client.conversations.getMessageById(id) ?? null)).toEqual([
    null,
    null,
  ]);
  expect(await mailbox.inbox.get(one)).toBeNull();

  await mailbox.client.importArchive(file, key);
  const isBack = mailbox.client.conversations.getMessageById(one) !== undefined;
  const next = await tell('next');
  await mailbox.close();
  const journal = new DatabaseSync(join(home, 'journal.db'));
  journal.exec("update meta set value = '0' where key = 'cursor-ns'");
  journal.close();
  mailbox = await openOurs();
  // Its clock is ahead of the database's: what comes before the bell is up would wait for that clock.
  await waitFor(() => mailbox.status().bell.up, { what: 'the bell' });
  expect(isBack).toBe(true);
  expect(await tell('after it')).toBe(told().at(-1));
  expect(told()).toEqual([one, two, waits, last, next, told().at(-1)]);
  expect(mailbox.status()).toMatchObject({ state: 'connected', inbox: { pending: 3, delivered: 3 } });
  expect(events.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
});
