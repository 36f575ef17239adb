import type { CallLogEntry } from '@xmtp-messaging/devnet';
import { waitFor } from '@xmtp-messaging/testing';
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
    if (appVersion === 'counted/1') calls.set(method, (calls.get(method) ?? 0) + 1);
  };
  const network = await startNetwork({ onCall });
  const agent = await open(network.url, {
    network: { env: 'local', apiUrl: network.url, appVersion: 'counted/1' },
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
  // The first of each kind look more closely.
  for (const text of ['1', '2', '3']) {
    await hear(text);
    await send(text);
  }
  const [question, write, readBack] = ['GetIdentityUpdates', 'SendGroupMessages', 'QueryGroupMessages'];
  expect(await costOf(() => send('one'))).toEqual({ [question]: 1, [write]: 1, [readBack]: 1 });
  expect(await costOf(() => Promise.all(['a', 'b', 'c'].map(send)))).toEqual({
    [question]: 1,
    [write]: 3,
    [readBack]: 1,
  });
  expect(await costOf(() => hear('received'))).toEqual({ [readBack]: 1 });
  const reply = async () => {
    await hear('asked');
    await send('answered');
  };
  expect(await costOf(reply)).toEqual({ [question]: 1, [write]: 1, [readBack]: 2 });
});
