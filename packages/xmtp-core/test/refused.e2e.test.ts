import { testProtocol, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createOwner, readableBy } from './phones.ts';
import {
  createHome,
  createPerson,
  open,
  openSdkClient,
  sendUntilSent,
  sendUntilStored,
  startNetwork,
} from './stage.ts';

async function setUp({ reconcileEveryMs = 500 } = {}) {
  const network = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const options = { home, person, sendDeadlineMs: 500, reconcileEveryMs };
  const [alice, owner] = [await open(network.url, options), await createOwner(network)];
  const group = await owner.phone.conversations.createGroup([alice.inboxId]);
  await group.sendText('welcome');
  await waitFor(() => alice.inbox.lastSeq() > 0);
  const to = { conversationId: group.id };
  await sendUntilSent(alice, { to, text: 'first' });
  return { network, options, alice, owner, group, to };
}

/** Whether a send is refused because we are no member. */
const isRefused = (sending: Promise<unknown>) =>
  sending.then(
    () => false,
    ({ code }: { code: string }) => code === 'NOT_A_MEMBER',
  );

test('who was removed from a group is refused for good, and may write again when added', async () => {
  const { alice, group, owner, to } = await setUp();
  const keyed = async () => (await readableBy(owner.phone)).filter((text) => text === 'keyed').length;
  await group.removeMembers([alice.inboxId]);
  const request = { to, text: 'keyed', idempotencyKey: 'k' };
  // The first one may be how it learns of it.
  const refused = { code: 'NOT_A_MEMBER', retryable: false };
  await waitFor(() => isRefused(alice.send(request)));
  await expect(alice.send(request)).rejects.toMatchObject(refused);
  await expect(alice.send({ to, text: 'other' })).rejects.toMatchObject(refused);
  expect(alice.status().outbox).toMatchObject({ queued: 0, unsettled: 0 });
  expect(await keyed()).toBe(0);

  await group.addMembers([alice.inboxId]);
  await group.sendText('welcome back');
  await waitFor(() => alice.inbox.lastSeq() > 1, { what: 'to be welcome back' });
  const sent = await sendUntilStored(alice, request);
  expect(await alice.send(request)).toEqual({ ...sent, status: 'sent', replayed: true });
  expect(await keyed()).toBe(1);
});

test('what waits when it is removed is refused when it finds out, and keeps no shutdown waiting', async () => {
  const { network, alice, group, to, options, owner } = await setUp();
  network.faults.set({ partitions: [{ installationId: alice.installationId }] });
  const request = { to, text: 'too late', idempotencyKey: 'k' };
  expect(await sendUntilStored(alice, request)).toMatchObject({ status: 'unknown' });
  await group.removeMembers([alice.inboxId]);
  network.faults.clear();
  await waitFor(() => alice.status().outbox.queued === 0, { timeoutMs: 20_000, what: 'the send to be settled' });
  await expect(alice.send(request)).rejects.toMatchObject({ code: 'NOT_A_MEMBER' });
  await alice.close();
  const again = await open(network.url, options);
  expect(again.status().outbox).toMatchObject({ queued: 0, unsettled: 0 });
  await expect(again.send(request)).rejects.toMatchObject({ code: 'NOT_A_MEMBER' });
  expect(await readableBy(owner.phone)).not.toContain('too late');
});

test.runIf(testProtocol === 'v3')('nothing waits any more when the installation was revoked', async () => {
  const { network, alice, to, options } = await setUp();
  network.faults.set({ refuseWrites: true });
  expect(await sendUntilStored(alice, { to, text: 'waits', idempotencyKey: 'k' })).toMatchObject({ status: 'unknown' });
  network.faults.set({ errors: [{ method: 'SendGroupMessages', code: 'UNAVAILABLE' }] });
  const other = await openSdkClient(network.url, options.person);
  await other.revokeAllOtherInstallations();
  await waitFor(() => alice.status().state === 'failed', { timeoutMs: 30_000, what: 'the end to be noticed' });
  expect(alice.status().outbox).toMatchObject({ queued: 0, unsettled: 0 });
  await expect(alice.send({ to, text: 'more' })).rejects.toMatchObject({ code: 'REVOKED' });
});

test('who is added again is heard by the bell alone, each time', async () => {
  const { alice, group, to } = await setUp({ reconcileEveryMs: 3_600_000 });
  await waitFor(() => alice.status().bell.up, { what: 'the bell' });
  const texts = ['back once', 'back twice', 'back again'];
  for (const text of texts) {
    const heard = alice.inbox.lastSeq();
    await group.removeMembers([alice.inboxId]);
    await waitFor(() => isRefused(alice.send({ to, text: 'still there?' })), { what: 'to learn of the removal' });
    await group.addMembers([alice.inboxId]);
    await group.sendText(text);
    await waitFor(() => alice.inbox.lastSeq() > heard, { what: text });
  }
  expect((await alice.inbox.list()).map(({ text }) => text)).toEqual(['welcome', ...texts]);
});
