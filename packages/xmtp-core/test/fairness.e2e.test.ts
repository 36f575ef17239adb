import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Address, Envelope, Mailbox, Verdict } from '../src/index.ts';
import { createHome, createPerson, open, startNetwork } from './stage.ts';

/** The lists of an agent in closed mode. */
function createLists() {
  const [listed, denied] = [new Set<Address>(), new Set<Address>()];
  const isAllowed = (address: Address) => listed.has(address) && !denied.has(address);
  const admit = ({ senderAddresses }: Envelope): Verdict =>
    senderAddresses.some(isAllowed)
      ? { admit: true, sender: 'allowlisted' }
      : { admit: false, reason: senderAddresses.some((address) => denied.has(address)) ? 'denied' : 'not-listed' };
  const lists = () => ({ mode: 'closed' as const, listed, denied });
  return { listed, denied, options: { isAllowed, admit, lists } };
}

const texts = async (mailbox: Mailbox) => (await mailbox.inbox.list()).map(({ text }) => text);

test('what was written before is all dropped, or all shown as knocks, and never some of it', async () => {
  const { url } = await startNetwork();
  const [{ listed, denied, options }, shownLists] = [createLists(), createLists()];
  const [home, person] = [await createHome(), createPerson()];
  const own = { home, person, ...options };
  let bob = await open(url, own);
  const shown = await open(url, { ...shownLists.options, knocks: 'shown' });
  const mallory = await open(url);
  const write = async (text: string) => {
    for (const { address } of [bob, shown]) await mallory.send({ to: { address }, text });
  };
  await write('knock 1');
  for (const mailbox of [bob, shown]) await waitFor(() => mailbox.inbox.dropped().length === 1);
  for (const n of [2, 3, 4]) await write(`knock ${n}`);
  // Only the first was ever fetched.
  expect(bob.inbox.dropped()).toMatchObject([{ count: 1, atLeast: true, isStranger: true, conversationType: 'dm' }]);
  listed.add(mallory.address);
  shownLists.listed.add(mallory.address);
  await Promise.all([bob.reconsider(), shown.reconsider()]);
  await write('now');
  await waitFor(async () => (await texts(bob)).length > 0 && (await texts(shown)).length > 4);
  expect(await texts(bob)).toEqual(['now']);
  expect((await shown.inbox.list()).map(({ text, knock }) => [text, knock])).toEqual([
    ['knock 1', true],
    ['knock 2', true],
    ['knock 3', true],
    ['knock 4', true],
    ['now', false],
  ]);

  // A backlog of somebody who is denied does not come when he is denied no more, whatever the setting.
  for (const [mailbox, names] of [
    [bob, { denied }],
    [shown, shownLists],
  ] as const) {
    names.denied.add(mallory.address);
    await mailbox.reconsider();
  }
  await write('denied 1');
  for (const mailbox of [bob, shown]) {
    await waitFor(() => mailbox.inbox.dropped().some(({ reason }) => reason === 'denied'));
  }
  await write('denied 2');
  await bob.close();
  denied.clear();
  bob = await open(url, own);
  shownLists.denied.clear();
  await shown.reconsider();
  await write('forgiven');
  await waitFor(async () => (await texts(bob)).includes('forgiven') && (await texts(shown)).includes('forgiven'));
  expect(await texts(bob)).toEqual(['now', 'forgiven']);
  expect((await texts(shown)).slice(5)).toEqual(['forgiven']);
});

test('what strangers may store ends, and what was dropped is not kept', async () => {
  const { url } = await startNetwork();
  const { listed, options } = createLists();
  const [bob, friend, mallory] = await Promise.all([
    open(url, { ...options, strangerBytesPerDay: 400_000, droppedTextMs: 0, reconcileEveryMs: 200 }),
    open(url),
    open(url),
  ]);
  listed.add(friend.address);
  await bob.reconsider();
  // Somebody who is heard is in it, so that it is not denied for want of one.
  const group = await mallory.client.conversations.createGroup([bob.inboxId, friend.inboxId]);
  await group.sendText('x'.repeat(60_000));
  await waitFor(() => bob.inbox.dropped().length > 0);
  expect(bob.status().conversations).toMatchObject({ denied: 0 });
  const heard = await bob.client.conversations.getConversationById(group.id);
  await waitFor(async () => (await heard!.messages()).every(({ content }) => typeof content !== 'string'));
  // However much they write, he is heard: it is theirs that goes.
  for (let sent = 0; sent < 12; sent += 1) await group.sendText('x'.repeat(60_000));
  await friend.send({ to: { conversationId: group.id }, text: 'still here' });
  await waitFor(async () => (await texts(bob)).includes('still here'));
  expect(bob.status().conversations).toMatchObject({ denied: 0 });
  await waitFor(async () => {
    const kept = (await heard!.messages()).filter(({ content }) => typeof content === 'string' && content.length > 100);
    return kept.length <= 400_000 / 60_000;
  });
});

test('in open mode strangers fill their share of a conversation, and a place on the list opens it at once', async () => {
  const { url } = await startNetwork();
  const listed = new Set<Address>();
  const isListed = (address: Address) => listed.has(address);
  const bob = await open(url, {
    admit: ({ senderAddresses }) =>
      senderAddresses.some(isListed) ? { admit: true, sender: 'allowlisted' } : { admit: false, reason: 'too-large' },
    isAllowed: () => true,
    isExpected: isListed,
    strangerBytesPerDay: 400_000,
    reconcileEveryMs: 200,
  });
  const mallory = await open(url);
  const to = { address: bob.address };
  for (let sent = 0; sent < 3; sent += 1) await mallory.send({ to, text: 'x'.repeat(60_000) });
  await waitFor(() => bob.status().conversations.denied === 1);
  listed.add(mallory.address);
  await bob.reconsider();
  await mallory.send({ to, text: 'heard' });
  await waitFor(async () => (await texts(bob)).includes('heard'));
  expect(bob.status().conversations).toMatchObject({ denied: 0 });
});
