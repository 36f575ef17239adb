import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Mailbox, PageRequest } from '../src/index.ts';
import { walk } from './contract/conversations-contract.ts';
import { createHome, createPerson, ethereumAccount, open, openSdkClient, startNetwork } from './stage.ts';

const ownMessages = async (mailbox: Mailbox, id: string) =>
  (await mailbox.conversations.messages(id)).messages.filter(({ direction }) => direction === 'out');

/** As the SDK encodes it: field 1, the id of a message. */
const deletionOf = (messageId: string) => ({
  type: { authorityId: 'xmtp.org', typeId: 'deleteMessage', versionMajor: 1, versionMinor: 0 },
  parameters: {},
  content: Buffer.concat([Buffer.from([10, 64]), Buffer.from(messageId)]),
});

const facts = async (mailbox: Mailbox, id: string, request: PageRequest = {}) => ({
  list: await mailbox.conversations.list(),
  page: await mailbox.conversations.messages(id, request),
});

test('a group with a stranger, another client of ours and duplicates of a direct message show what was heard, and the same after a restart', async () => {
  const { url } = await startNetwork();
  const [us, alicePerson, eve] = [createPerson(), createPerson(), createPerson()];
  const home = await createHome();
  const isAllowed = (address: string) => address === alicePerson.address;
  const admit = ({ senderAddresses }: { senderAddresses: readonly string[] }) =>
    senderAddresses.some(isAllowed)
      ? ({ admit: true, sender: 'allowlisted' } as const)
      : ({ admit: false, reason: 'not-listed' } as const);
  const options = { person: us, home, admit, isAllowed };
  let mailbox = await open(url, options);
  const [alice, stranger] = [await openSdkClient(url, alicePerson), await openSdkClient(url, eve)];
  const heard = async (count: number) =>
    await waitFor(() => mailbox.inbox.lastSeq() >= count, { what: `${count} messages` });

  const group = await alice.conversations.createGroupWithIdentifiers(
    [ethereumAccount(us.address), ethereumAccount(eve.address)],
    { groupName: 'Plans' },
  );
  await stranger.conversations.sync();
  const theirs = await stranger.conversations.getConversationById(group.id);
  await theirs!.sendText('SECRET first');
  await group.sendText('one');
  await heard(1);
  for (let n = 0; n < 3; n += 1) await theirs!.sendText(`SECRET ${n}`);
  await group.sendText('two');
  await heard(2);
  await mailbox.send({ to: { conversationId: group.id }, text: 'ours', idempotencyKey: 'k' });
  // Another client of ours writes there, too.
  const phone = await openSdkClient(url, us);
  await group.addMembers([]);
  await group.sync();
  await phone.conversations.syncAll();
  const fromPhone = await phone.conversations.getConversationById(group.id);
  await fromPhone!.sendText('from the phone');
  await group.sendText('three');
  await heard(3);

  const all = await walk(mailbox, group.id, { limit: 2, order: 'asc' });
  expect(all.filter((line) => line.includes('SECRET'))).toEqual([]);
  expect(all.filter((line) => line.startsWith('in'))).toEqual(['in one', 'in two', 'in three']);
  expect(all).toContain('out ours');
  expect(all).toContain('out from the phone');
  for (const limit of [1, 3, 100]) {
    expect(await walk(mailbox, group.id, { limit })).toEqual(all.toReversed());
  }
  // What another client of ours takes back, of its own or of ours, is shown no more.
  for (const said of ['ours', 'from the phone']) {
    const id = (await ownMessages(mailbox, group.id)).find(({ text }) => text === said)!.messageId;
    await fromPhone!.sync();
    await fromPhone!.send(deletionOf(id), { shouldPush: true });
    await waitFor(async () => (await mailbox.conversations.message(id))?.gone === 'deleted', { what: 'a deletion' });
    expect(JSON.stringify(await ownMessages(mailbox, group.id))).not.toContain(said);
  }

  // She has not seen ours and makes a direct message, too: one conversation, by whatever id it is asked for.
  const sent = await mailbox.send({ to: { address: alicePerson.address }, text: 'hello' });
  const dm = await alice.conversations.createDm(mailbox.inboxId);
  expect(sent.conversationId).not.toBe(dm.id);
  await dm.sendText('hi');
  await heard(4);
  for (const id of [dm.id, sent.conversationId]) {
    expect(await walk(mailbox, id, { order: 'asc' })).toEqual(['out hello', 'in hi']);
    expect(await mailbox.conversations.get(id)).toMatchObject({ id: sent.conversationId, unread: 1 });
  }

  const before = await facts(mailbox, group.id);
  expect(before.list.conversations.map(({ type }) => type)).toEqual(['dm', 'group']);
  expect(before.list.conversations[1]).toMatchObject({
    id: group.id,
    title: 'Plans',
    members: 3,
    unread: 3,
    isHeard: true,
  });
  await mailbox.close();
  mailbox = await open(url, options);
  expect(await facts(mailbox, group.id)).toEqual(before);
});
