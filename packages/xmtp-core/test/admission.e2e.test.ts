import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Address, Envelope, Verdict } from '../src/index.ts';
import { createHome, createPerson, open, openSdkClient, received, startNetwork } from './stage.ts';

/** Admission by a list that the test may change. */
function createList(...addresses: Address[]) {
  const list = new Set<Address>(addresses);
  const seen: Envelope[] = [];
  const admit = (envelope: Envelope): Verdict => {
    seen.push(envelope);
    const listed = envelope.senderAddresses.some((address) => list.has(address));
    return listed ? { admit: true, sender: 'allowlisted' } : { admit: false, reason: 'not-listed' };
  };
  return { list, seen, admit, isAllowed: (address: Address) => list.has(address) };
}

test('a stranger is dropped in silence: recorded without text, then not even fetched; later allowed, heard', async () => {
  const network = await startNetwork();
  const home = await createHome();
  const { list, admit, isAllowed } = createList();
  const [bob, mallory] = await Promise.all([open(network.url, { home, admit, isAllowed }), open(network.url)]);
  await mallory.send({ to: { address: bob.address }, text: 'SECRET-1' });
  await waitFor(() => bob.inbox.dropped().length === 1);
  expect(bob.inbox.dropped()).toMatchObject([
    { senderInboxId: mallory.inboxId, senderAddresses: [mallory.address], reason: 'not-listed', count: 1 },
  ]);
  expect(bob.status().inbox).toMatchObject({ pending: 0, dropped: 1 });

  await waitFor(() => network.stats().streams > 0);
  await mallory.send({ to: { address: bob.address }, text: 'SECRET-2' });
  await mallory.send({ to: { address: bob.address }, text: 'SECRET-3' });
  const alice = await open(network.url);
  list.add(alice.address);
  await alice.send({ to: { address: bob.address }, text: 'from alice' });
  await received(bob, 1);
  expect(bob.inbox.dropped()).toMatchObject([{ count: 1 }]);

  list.add(mallory.address);
  await bob.reconsider();
  const messages = await received(bob, 3);
  expect(messages.map(({ text }) => text)).toEqual(['from alice', 'SECRET-2', 'SECRET-3']);
  await bob.close();
  for (const file of ['journal.db', 'state.json']) {
    expect(readFileSync(join(home, file)).includes('SECRET')).toBe(false);
  }
});

test('the first words of a stranger are seen however long after the conversation they come, the next are not fetched', async () => {
  const { url } = await startNetwork();
  const { admit, isAllowed } = createList();
  let late = 0;
  const bob = await open(url, { admit, isAllowed, now: () => Date.now() + late, reconcileEveryMs: 50 });
  await waitFor(() => bob.status().bell.up, { what: 'the bell' });
  const dm = await (await openSdkClient(url)).conversations.createDm(bob.inboxId);
  await waitFor(() => bob.status().conversations.open === 1, { what: 'the conversation' });
  late = 60_000;
  await waitFor(() => bob.status().conversations.denied === 1, { what: 'nothing of it to be fetched' });
  await dm.sendText('first words');
  await waitFor(() => bob.inbox.dropped().length === 1, { what: 'the first words' });
  await waitFor(() => bob.status().conversations.denied === 1, { what: 'nothing more of it to be fetched' });
  const rang = bob.status().bell.lastRingAt;
  late += 60_000;
  await dm.sendText('more words');
  await waitFor(() => bob.status().bell.lastRingAt !== rang, { what: 'the ring' });
  expect(bob.inbox.dropped()).toMatchObject([{ count: 1 }]);
});

test('a mailbox that is not told who may be heard denies nobody', async () => {
  const { url } = await startNetwork();
  const { list, admit } = createList();
  const [bob, carol] = await Promise.all([open(url, { admit }), open(url)]);
  await carol.send({ to: { address: bob.address }, text: 'too early' });
  await waitFor(() => bob.inbox.dropped().length === 1);
  list.add(carol.address);
  await carol.send({ to: { address: bob.address }, text: 'heard' });
  expect((await received(bob, 1))[0]?.text).toBe('heard');
});

test('in a group only listed senders are heard, and a group with one of them is never denied', async () => {
  const { url } = await startNetwork();
  const [alice, mallory] = [createPerson(), createPerson()];
  const { seen, admit, isAllowed } = createList(alice.address);
  const bob = await open(url, { admit, isAllowed });
  const [aliceClient, malloryClient] = await Promise.all([openSdkClient(url, alice), openSdkClient(url, mallory)]);
  const group = await malloryClient.conversations.createGroup([bob.inboxId, aliceClient.inboxId]);
  await group.sendText('from mallory');
  await waitFor(() => bob.inbox.dropped().length === 1);
  await aliceClient.conversations.sync();
  const same = await aliceClient.conversations.getConversationById(group.id);
  await same?.sendText('from alice');
  const [message] = await received(bob, 1);
  expect(message).toMatchObject({ text: 'from alice', conversationType: 'group', conversationId: group.id });
  expect(seen.map(({ conversationType }) => conversationType)).toEqual(['group', 'group']);

  await bob.send({ to: { conversationId: group.id }, text: 'to the group' });
  await same?.sync();
  expect((await same?.messages())?.map(({ content }) => content)).toContain('to the group');
});

test('a group of strangers is denied', async () => {
  const { url } = await startNetwork();
  const events: string[] = [];
  const { admit, isAllowed } = createList();
  const bob = await open(url, { admit, isAllowed, onEvent: ({ name }) => events.push(name) });
  const group = await (await openSdkClient(url)).conversations.createGroup([bob.inboxId]);
  await group.sendText('hello');
  await waitFor(() => events.includes('conversation-denied'));
  expect(bob.inbox.dropped()).toMatchObject([{ reason: 'not-listed', count: 1 }]);
});

test('groups of strangers that say nothing are denied and counted, and one with a listed member is heard', async () => {
  const { url } = await startNetwork();
  const [alice, mallory] = [createPerson(), createPerson()];
  const { admit, isAllowed } = createList(alice.address);
  const bob = await open(url, { admit, isAllowed });
  const [aliceClient, malloryClient] = await Promise.all([openSdkClient(url, alice), openSdkClient(url, mallory)]);
  for (let made = 0; made < 3; made += 1) await malloryClient.conversations.createGroup([bob.inboxId]);
  const group = await aliceClient.conversations.createGroup([bob.inboxId]);
  await waitFor(() => bob.status().conversations.denied === 3, { what: 'three denied groups' });
  await waitFor(() => bob.status().conversations.open === 1);
  await bob.reconsider();
  expect(bob.status().conversations).toEqual({ open: 1, denied: 3, deniedGroups: 3 });
  await group.sendText('hello');
  expect(await received(bob, 1)).toMatchObject([{ text: 'hello' }]);
});

test('an admission that throws counts as a refusal', async () => {
  const { url } = await startNetwork();
  const admit = () => {
    throw new Error('broken');
  };
  const [bob, alice] = await Promise.all([open(url, { admit }), open(url)]);
  await alice.send({ to: { address: bob.address }, text: 'hello' });
  await waitFor(() => bob.inbox.dropped().length === 1);
  expect(bob.inbox.dropped()).toMatchObject([{ reason: 'admission-failed' }]);
});

test('an address that moved to another inbox no longer speaks for the old one', async () => {
  const { url } = await startNetwork();
  const [old, moved] = [createPerson(), createPerson()];
  const envelopes: Envelope[] = [];
  const bob = await open(url, {
    admit(envelope) {
      envelopes.push(envelope);
      return { admit: true, sender: 'unknown' };
    },
  });
  const first = await openSdkClient(url, old);
  await first.unsafe_addAccount(moved.signer, true);
  const second = await openSdkClient(url, createPerson());
  await second.unsafe_addAccount(moved.signer, true);
  const dm = await first.conversations.createDm(bob.inboxId);
  await dm.sendText('from the old inbox');
  await received(bob, 1);
  expect(envelopes[0]).toMatchObject({ senderInboxId: first.inboxId, senderAddresses: [old.address] });
});

test.for([
  ['with', true],
  ['without', false],
] as const)(
  'a listed person is heard in a group that a stranger opened and wrote in first, %s a bell',
  async ([, bell]) => {
    const { url } = await startNetwork();
    const alice = createPerson();
    const { admit, isAllowed } = createList(alice.address);
    const events: string[] = [];
    let ahead = 0;
    const bob = await open(url, {
      admit,
      isAllowed,
      bell,
      now: () => Date.now() + ahead,
      onEvent: ({ name }) => events.push(name),
    });
    const [aliceClient, malloryClient] = await Promise.all([openSdkClient(url, alice), openSdkClient(url)]);
    const group = await malloryClient.conversations.createGroup([bob.inboxId]);
    await group.sendText('from mallory');
    await waitFor(() => events.includes('conversation-denied'));
    await group.addMembers([aliceClient.inboxId]);
    await aliceClient.conversations.sync();
    const same = await aliceClient.conversations.getConversationById(group.id);
    await same?.sendText('from alice');
    // The bell tells of the change; without it, a denied group has its turn after a minute.
    if (!bell) ahead = 61_000;
    expect((await received(bob, 1, 30_000))[0]).toMatchObject({ text: 'from alice', conversationId: group.id });
    await same?.sendText('and again');
    expect((await received(bob, 2, 20_000))[1]).toMatchObject({ text: 'and again' });
  },
);

test('a group that was denied is looked at again after a restart', async () => {
  const { url } = await startNetwork();
  const [alice, person] = [createPerson(), createPerson()];
  const { admit, isAllowed } = createList(alice.address);
  const home = await createHome();
  const events: string[] = [];
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const options = { home, person, admit, isAllowed, now, onEvent: ({ name }: { name: string }) => events.push(name) };
  const before = await open(url, options);
  const [aliceClient, malloryClient] = await Promise.all([openSdkClient(url, alice), openSdkClient(url)]);
  const group = await malloryClient.conversations.createGroup([before.inboxId]);
  await group.sendText('from mallory');
  await waitFor(() => events.includes('conversation-denied'));
  await before.close();
  await group.addMembers([aliceClient.inboxId]);
  await aliceClient.conversations.sync();
  await (await aliceClient.conversations.getConversationById(group.id))?.sendText('from alice');
  const bob = await open(url, { ...options, reconcileEveryMs: 200 });
  ahead = 61_000;
  expect((await received(bob, 1))[0]).toMatchObject({ text: 'from alice' });
});

test('a stranger whose inbox gains a listed address is heard, although his conversation was denied', async () => {
  const { url } = await startNetwork();
  const alice = createPerson();
  const { admit, isAllowed } = createList(alice.address);
  const events: string[] = [];
  let ahead = 0;
  const bob = await open(url, {
    admit,
    isAllowed,
    reconcileEveryMs: 200,
    now: () => Date.now() + ahead,
    onEvent: ({ name }) => events.push(name),
  });
  const client = await openSdkClient(url);
  const dm = await client.conversations.createDm(bob.inboxId);
  await dm.sendText('too early');
  await waitFor(() => events.includes('conversation-denied'));
  await client.unsafe_addAccount(alice.signer, true);
  ahead = 61_000;
  await dm.sendText('as alice');
  const heard = await received(bob, 1);
  expect(heard.at(-1)).toMatchObject({ text: 'as alice', senderAddresses: expect.arrayContaining([alice.address]) });
});

test('the addresses of an inbox are one question, and none while none of them may be heard', async () => {
  const network = await startNetwork();
  const { url } = network;
  const { list, seen, admit, isAllowed } = createList();
  const bob = await open(url, { admit, isAllowed });
  const others = Array.from({ length: 5 }, () => createPerson());
  const [first, second] = [await openSdkClient(url), await openSdkClient(url)];
  for (const { signer } of others) await second.unsafe_addAccount(signer, true);
  const asked = () => network.stats().calls['GetInboxIds']?.total ?? 0;
  const tell = async (client: typeof first) => {
    const dm = await client.conversations.createDm(bob.inboxId);
    const before = asked();
    await dm.sendText('hello');
    await waitFor(() => seen.at(-1)?.senderInboxId === client.inboxId);
    return asked() - before;
  };
  expect(await tell(first)).toBe(0);
  list.add(others[3]!.address);
  expect(await tell(second)).toBe(1);
  const [message] = await received(bob, 1);
  expect(new Set(message!.senderAddresses)).toEqual(
    new Set([second.accountIdentifier!.identifier.toLowerCase(), ...others.map(({ address }) => address)]),
  );
});
