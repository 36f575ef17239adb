import type { CallLogEntry } from '@xmtp-messaging/devnet';
import { networkAt, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { Conversations } from '@xmtp/node-bindings';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createHome, createPerson, open, openSdkClient, received, startNetwork } from './stage.ts';

/** Counts calls of the binding in this process. */
function countCalls() {
  const spies = {
    list: vi.spyOn(Conversations.prototype, 'list'),
    ids: vi.spyOn(Conversations.prototype, 'hmacKeys'),
    syncAll: vi.spyOn(Conversations.prototype, 'syncAll'),
  };
  onTestFinished(() => {
    for (const spy of Object.values(spies)) spy.mockRestore();
  });
  return () => ({
    list: spies.list.mock.calls.length,
    ids: spies.ids.mock.calls.length,
    syncs: spies.syncAll.mock.calls.length,
  });
}

test.for([
  ['with', true],
  ['without', false],
] as const)('%s a bell, nothing is listed while nothing is new, and what is new is found', async ([, bell]) => {
  const { url } = await startNetwork();
  const calls = countCalls();
  const home = await createHome();
  const person = createPerson();
  const bob = await open(url, { home, person, bell, reconcileEveryMs: 100 });
  const alice = await openSdkClient(url);
  const dm = await alice.conversations.createDm(bob.inboxId);
  await dm.sendText('1');
  await received(bob, 1);
  const ticks = async (count: number) => {
    const { syncs } = calls();
    await waitFor(() => calls().syncs >= syncs + count, { timeoutMs: 60_000 });
  };
  // A sync that was under way when the conversation was found may have counted without it.
  await ticks(2);
  const settled = calls();
  await dm.sendText('2');
  await ticks(bell ? 20 : 2);
  expect(calls()).toMatchObject({ list: settled.list, ids: settled.ids });
  expect(bob.inbox.lastSeq()).toBe(2);

  const group = await (await openSdkClient(url)).conversations.createGroup([bob.inboxId]);
  await group.sendText('3');
  expect((await received(bob, 3))[2]).toMatchObject({ text: '3', conversationId: group.id });
  await bob.close();
  await dm.sendText('4');
  await received(await open(url, { home, person, bell }), 4);
  // Once, in the first process: what an earlier version denied.
  expect(calls().list).toBeLessThanOrEqual(1);
});

test('a message sent, received or answered costs these calls of the network and no more', async () => {
  const calls = new Map<string, number>();
  const onCall = ({ method, appVersion }: CallLogEntry) => {
    if (testProtocol === 'd14n' || appVersion === 'counted/1') calls.set(method, (calls.get(method) ?? 0) + 1);
  };
  const network = await startNetwork({ onCall });
  const agent = await open(network.url, {
    network: { ...networkAt(network.url), appVersion: 'counted/1' },
    reconcileEveryMs: 600_000,
  });
  const friend = await openSdkClient(network.url);
  const dm = await friend.conversations.createDm(agent.inboxId);
  const to = { conversationId: dm.id };
  let heard = 0;
  const hear = async (text: string) => {
    await dm.sendText(text);
    heard += 1;
    await received(agent, heard);
  };
  const send = (text: string) => agent.send({ to, text });
  /** The least of three: every five seconds the SDK asks once more by itself. */
  const costOf = async (work: () => Promise<unknown>) => {
    const costs: Map<string, number>[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      calls.clear();
      await work();
      costs.push(new Map(calls));
    }
    const sum = (cost: Map<string, number>) => cost.values().reduce((total, count) => total + count, 0);
    return Object.fromEntries(costs.toSorted((a, b) => sum(a) - sum(b))[0]!);
  };
  const group = await friend.conversations.createGroup([agent.inboxId]);
  await group.sendText('welcome');
  heard += 1;
  await received(agent, heard);
  await agent.send({ to: { conversationId: group.id }, text: 'thank you' });
  // The first of each kind look more closely.
  for (const text of ['1', '2', '3']) {
    await hear(text);
    await send(text);
  }
  const reply = async () => {
    await hear('asked');
    await send('answered');
  };
  const found = {
    one: await costOf(() => send('one')),
    three: await costOf(() => Promise.all(['a', 'b', 'c'].map(send))),
    heard: await costOf(() => hear('received')),
    reply: await costOf(reply),
    group: await costOf(() => agent.send({ to: { conversationId: group.id }, text: 'to all' })),
  };
  expect(found).toEqual(expectedCosts[testProtocol]);
});

test('a reconcile that finds nothing costs these calls of the network and no more', async () => {
  /** From one look at what is newest everywhere to the next. */
  const rounds: Record<string, number>[] = [];
  const { look, cost } = idleCosts[testProtocol];
  const onCall = ({ method, appVersion }: CallLogEntry) => {
    if (testProtocol === 'v3' && appVersion !== 'idle/1') return;
    if (method === look) rounds.push({});
    const round = rounds.at(-1);
    if (round !== undefined) round[method] = (round[method] ?? 0) + 1;
  };
  const network = await startNetwork({ onCall });
  const agent = await open(network.url, {
    network: { ...networkAt(network.url), appVersion: 'idle/1' },
    reconcileEveryMs: 50,
  });
  for (const friend of [await openSdkClient(network.url), await openSdkClient(network.url)]) {
    await (await friend.conversations.createDm(agent.inboxId)).sendText('here');
  }
  await received(agent, 2);
  // What was received last may be asked for once more; the last round may be under way.
  const before = rounds.length + 1;
  await waitFor(() => rounds.length > before + 4);
  const sum = (round: Record<string, number>) => Object.values(round).reduce((total, count) => total + count, 0);
  expect(rounds.slice(before, -1).toSorted((a, b) => sum(a) - sum(b))[0]).toEqual(cost);
});

const idleCosts = {
  v3: {
    look: 'GetNewestGroupMessage',
    cost: { GetNewestGroupMessage: 1, QueryGroupMessages: 1, QueryWelcomeMessages: 2 },
  },
  d14n: { look: 'GetNewestEnvelope', cost: { GetNewestEnvelope: 1, QueryEnvelopes: 3 } },
};

/** Who asks a node of the decentralised network is not told, so what the friend's own sending costs is among it there. */
const expectedCosts = {
  v3: {
    one: { GetIdentityUpdates: 1, SendGroupMessages: 1, QueryGroupMessages: 1 },
    three: { GetIdentityUpdates: 1, SendGroupMessages: 3, QueryGroupMessages: 1 },
    heard: { QueryGroupMessages: 1 },
    group: { GetIdentityUpdates: 1, SendGroupMessages: 1, QueryGroupMessages: 1 },
    reply: { GetIdentityUpdates: 1, SendGroupMessages: 1, QueryGroupMessages: 2 },
  },
  d14n: {
    one: { PublishClientEnvelopes: 1, QueryEnvelopes: 2 },
    three: { PublishClientEnvelopes: 3, QueryEnvelopes: 2 },
    heard: { PublishClientEnvelopes: 1, QueryEnvelopes: 2 },
    group: { PublishClientEnvelopes: 1, QueryEnvelopes: 2 },
    reply: { PublishClientEnvelopes: 2, QueryEnvelopes: 4 },
  },
};
