import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { networkAt, waitFor } from '@xmtp-messaging/testing';
import { type Mailbox, openMailbox } from '@xmtp-messaging/xmtp-core';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../src/index.ts';
import { connected, createStage, operate, type Page, request, type Stage, startServer } from './harness.ts';

let stage: Stage;
let alice: RunningServer;
let [friend, mallory] = [] as unknown as [Mailbox, Mailbox];
let inboxId: string;

interface Knock {
  kind: string;
  conversationId: string | null;
  reason: string;
}

async function openPerson(name: string): Promise<Mailbox> {
  const account = privateKeyToAccount(generatePrivateKey());
  return await openMailbox({
    signer: {
      type: 'EOA',
      getIdentifier: () => ({ identifier: account.address.toLowerCase(), identifierKind: 0 }),
      signMessage: async (message) => Buffer.from((await account.signMessage({ message })).slice(2), 'hex'),
    },
    home: join(stage.root, name),
    network: networkAt(stage.devnet.url),
    admit: () => ({ admit: false, reason: 'deaf' }),
  });
}

beforeAll(async () => {
  stage = await createStage(['alice']);
  alice = await startServer(stage.config('alice', { groups: 'listed-groups' }));
  [friend, mallory] = await Promise.all([openPerson('friend'), openPerson('mallory')]);
  await connected(alice.url);
  await operate(alice.url, 'POST', '/xmtp/allowlist', { address: friend.address, label: 'a friend' });
  inboxId = String((await request(alice.url, 'GET', '/xmtp/status')).body['inboxId']);
});

afterAll(async () => {
  await Promise.all([alice.close(), friend.close(), mallory.close()]);
  await stage.close();
});

const heard = async () =>
  (await request<Page>(alice.url, 'GET', '/xmtp/messages')).body.messages.flatMap(({ type, text, id }) =>
    type === 'text' ? [{ text: text ?? '', id }] : [],
  );
const isHeard = async (words: string) => (await heard()).some(({ text }) => text.includes(words));
const knockOf = async (id: string) =>
  (await operate<{ knocks: Knock[] }>(alice.url, 'GET', '/xmtp/knocks')).body.knocks.find(
    ({ conversationId }) => conversationId === id,
  );
const actions = async () =>
  (await readFile(join(stage.root, 'xmtp', alice.address!.toLowerCase(), 'audit.log'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string; by: string; conversationId?: string });

test('an invitation is seen, accepted once, and then those on the list are heard there, and nobody else', async () => {
  const group = await mallory.client.conversations.createGroup([inboxId, friend.inboxId]);
  const id = group.id;
  await friend.client.conversations.sync();
  const ofFriend = await friend.client.conversations.getConversationById(id);
  await ofFriend!.sendText('too early');
  await waitFor(async () => (await knockOf(id))?.reason === 'group-not-listed');
  await ofFriend!.sendText('too early as well');

  const accept = `/xmtp/knocks/${id}/accept`;
  expect((await request(alice.url, 'POST', accept, {})).status).toBe(401);
  const accepted = await operate(alice.url, 'POST', accept, { label: 'ops' });
  expect(accepted).toMatchObject({ status: 200, body: { conversationId: id } });
  expect((await operate(alice.url, 'POST', accept, {})).status).toBe(200);
  expect((await operate(alice.url, 'GET', '/xmtp/grouplist')).body['entries']).toEqual([
    { conversationId: id, name: 'ops' },
  ]);
  expect(await knockOf(id)).toBeUndefined();
  await group.sendText('words of a stranger');
  await ofFriend!.sendText('on time');
  await waitFor(() => isHeard('on time'));
  // What was written before is all dropped, and never some of it.
  expect((await heard()).map(({ text }) => /too early|stranger/u.test(text))).not.toContain(true);
  expect((await actions()).filter(({ conversationId }) => conversationId === id)).toMatchObject([
    { action: 'added', by: 'operator' },
    { action: 'accepted', by: 'operator' },
  ]);
});

test('a refused invitation stays refused, whoever adds the agent again, and until it is accepted nothing is heard', async () => {
  const group = await friend.client.conversations.createGroup([inboxId]);
  const id = group.id;
  await waitFor(async () => (await operate(alice.url, 'GET', `/xmtp/groups/${id}`)).status === 200);
  await operate(alice.url, 'PUT', `/xmtp/grouplist/${id}`, {});
  await group.sendText('first');
  await waitFor(() => isHeard('first'));

  const refuse = `/xmtp/knocks/${id}/refuse`;
  expect((await request(alice.url, 'POST', refuse, {})).status).toBe(401);
  expect(await operate(alice.url, 'POST', refuse, {})).toMatchObject({ status: 200, body: { leave: 'asked' } });
  expect((await operate(alice.url, 'POST', refuse, {})).status).toBe(200);
  expect(await knockOf(id)).toMatchObject({ kind: 'invitation', reason: 'refused' });
  expect((await operate(alice.url, 'GET', '/xmtp/grouplist')).body['entries']).not.toContainEqual(
    expect.objectContaining({ conversationId: id }),
  );
  // An admin's client completes the leaving; the agent is added again, and a place on the list alone does not undo a refusal.
  await waitFor(async () => {
    await group.sync();
    return (await group.members()).length === 1;
  });
  await group.addMembers([inboxId]);
  await operate(alice.url, 'PUT', `/xmtp/grouplist/${id}`, {});
  await group.sendText('while refused');
  // It is sent behind what a direct message brings.
  await friend.send({ to: { address: alice.address as `0x${string}` }, text: 'and by the way' });
  await waitFor(() => isHeard('by the way'));
  expect(await isHeard('while refused')).toBe(false);

  expect(await operate(alice.url, 'POST', `/xmtp/knocks/${id}/accept`, {})).toMatchObject({ status: 200 });
  await group.sendText('accepted at last');
  await waitFor(() => isHeard('accepted at last'));
  expect(await isHeard('while refused')).toBe(false);
});

test('an invitation that is none is not found', async () => {
  for (const what of ['accept', 'refuse']) {
    const answer = await operate(alice.url, 'POST', `/xmtp/knocks/${'ab'.repeat(16)}/${what}`, {});
    expect(answer).toMatchObject({ status: 404, body: { code: 'CONVERSATION_NOT_FOUND' } });
  }
});
