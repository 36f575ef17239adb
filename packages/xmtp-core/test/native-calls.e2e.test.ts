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
