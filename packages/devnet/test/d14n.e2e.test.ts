import { waitFor } from '@xmtp-messaging/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createDevnet, type Devnet } from '../src/index.ts';
import { createClient, createClients, createSigner, readTexts } from './clients.ts';

let network: Devnet;
beforeAll(async () => {
  network = await createDevnet({ protocol: 'both', nodes: 3 });
});
afterEach(() => network.faults.clear());
afterAll(() => network.close());

const v3 = () => ({ url: network.url });

test('two clients of a gateway register, write, hear each other on a stream, and share a group', async () => {
  const [alice, bob, carol] = await createClients(network, 3);
  const heard: unknown[] = [];
  const stream = await bob!.conversations.streamAllMessages({ onValue: ({ content }) => heard.push(content) });
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  await dm.sendText('hello bob');
  await waitFor(() => heard.includes('hello bob'), { what: 'the streamed message' });
  const group = await alice!.conversations.createGroup([bob!.inboxId, carol!.inboxId]);
  await group.updateName('three');
  await group.sendText('to all');
  await waitFor(() => heard.includes('to all'), { what: 'the message of the group' });
  await group.removeMembers([carol!.inboxId]);
  await group.sendText('without carol');
  await stream.end();
  await carol!.conversations.syncAll();
  const [carols] = carol!.conversations.listGroups();
  expect((await carols!.messages()).map(({ content }) => content)).toContain('to all');
  expect((await carols!.messages()).map(({ content }) => content)).not.toContain('without carol');
  expect([carols!.name, carols!.isActive]).toEqual(['three', false]);
  expect(Object.keys(network.stats().calls)).not.toContain('SendGroupMessages');
});

test('1,000 waiting messages are caught up with, a hundred a sync', async () => {
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  for (let start = 0; start < 1_000; start += 90) {
    for (let index = start; index < Math.min(start + 90, 1_000); index++) await dm.sendText(`${index}`, true);
    await dm.publishMessages();
  }
  await bob!.conversations.syncAll();
  const [received] = bob!.conversations.listDms();
  let texts: string[] = [];
  for (let more = true; more;) {
    const next = await readTexts(received!);
    more = next.length > texts.length;
    texts = next;
  }
  expect(texts).toEqual(Array.from({ length: 1_000 }, (_, index) => `${index}`));
});

test('one node of three is down: clients take another, and what is published goes to the others', async () => {
  const [alice] = await createClients(network, 1);
  for (const node of [100, 200, 300]) {
    network.faults.set({ nodes: [{ node, down: true }] });
    const bob = await createClient(network);
    const dm = await bob.conversations.createDm(alice!.inboxId);
    await dm.sendText(`without ${node}`);
    const fresh = await createClient(network, { appVersion: 'reader/1' });
    const group = await bob.conversations.createGroup([fresh.inboxId]);
    await group.sendText('here');
    await fresh.conversations.syncAll();
    expect(await readTexts(fresh.conversations.listGroups()[0]!)).toEqual(['here']);
  }
  network.faults.clear();
  await alice!.conversations.syncAll();
  expect(alice!.conversations.listDms()).toHaveLength(3);
});

test('commits that come late and out of order do not lose what depends on them', async () => {
  const [alice, bob] = await createClients(network, 2);
  const group = await alice!.conversations.createGroup([bob!.inboxId]);
  network.faults.set({
    nodes: [100, 200, 300].map((node) => ({ node, misorder: true, commitLagMs: 150, lagMs: 20 })),
  });
  const texts: string[] = [];
  for (let round = 0; round < 3; round++) {
    await group.updateName(`name ${round}`);
    await group.sendText(`text ${round}`);
    texts.push(`text ${round}`);
  }
  await bob!.conversations.syncAll();
  await waitFor(async () => (await bob!.conversations.syncAll(), bob!.conversations.listGroups()[0]), {
    what: 'the group',
  });
  const received = bob!.conversations.listGroups()[0]!;
  await waitFor(async () => (await readTexts(received)).length === 3, { what: 'the texts' });
  expect(await readTexts(received)).toEqual(texts);
});

test('both networks stand on one store, and the history of a retired V3 is read through the gateway', async () => {
  const signer = createSigner();
  const [old, peer] = await Promise.all([createClient(v3(), { signer }), createClient(network)]);
  const dm = await old.conversations.createDm(peer.inboxId);
  await dm.sendText('over V3');
  await peer.conversations.syncAll();
  const [back] = peer.conversations.listDms();
  expect(await readTexts(back!)).toEqual(['over V3']);
  await back!.sendText('over the gateway');
  expect(await readTexts(dm)).toEqual(['over V3', 'over the gateway']);
  network.faults.set({ cutoverMs: 1 });
  const later = await createClient(network, { signer });
  expect(later.inboxId).toBe(old.inboxId);
  await back!.sendText('after V3');
  expect(await readTexts(dm)).toEqual(['over V3', 'over the gateway', 'after V3']);
});
