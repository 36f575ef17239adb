import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Address, Envelope, Verdict } from '../src/index.ts';
import { open, startNetwork } from './stage.ts';

test('a group from its making to its end, with two admins at once', async () => {
  const { url } = await startNetwork();
  const listed = new Set<Address>();
  const isAllowed = (address: Address) => listed.has(address);
  const admit = ({ senderAddresses }: Envelope): Verdict =>
    senderAddresses.some(isAllowed) ? { admit: true, sender: 'allowlisted' } : { admit: false, reason: 'not-listed' };
  const [alice, bob, carol] = await Promise.all([
    open(url, { admit, isAllowed, reconcileEveryMs: 300 }),
    open(url, { reconcileEveryMs: 300 }),
    open(url, { reconcileEveryMs: 300 }),
  ]);
  listed.add(bob.address);
  const wanted = { members: [bob.address], title: 'plans', description: 'what to do', idempotencyKey: 'g' };
  const made = await alice.groups.create(wanted);
  expect(made).toMatchObject({ title: 'plans', description: 'what to do', replayed: false });
  const id = made.conversationId;
  expect(await alice.groups.create(wanted)).toMatchObject({ conversationId: id, replayed: true });

  const to = { conversationId: id };
  await alice.send({ to, text: 'hello' });
  await waitFor(() => bob.inbox.lastSeq() > 0);
  await bob.send({ to, text: 'heard' });
  await waitFor(() => alice.inbox.lastSeq() === 1);

  // A member is no admin, which is no trouble that passes.
  await alice.groups.add(id, [carol.address]);
  await waitFor(async () => (await bob.groups.get(id)).members.length === 3);
  await expect(bob.groups.setRole(id, carol.address, 'admin')).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
    retryable: false,
  });
  const promoted = await alice.groups.setRole(id, bob.address, 'admin');
  expect(promoted.members.find(({ addresses }) => addresses.includes(bob.address))?.role).toBe('admin');

  // Both at once: one comes after the other, and both are told the truth.
  await Promise.all([alice.groups.update(id, { title: 'by alice' }), bob.groups.remove(id, [carol.address])]);
  await waitFor(async () => {
    const seen = await Promise.all([alice, bob].map((mailbox) => mailbox.groups.get(id)));
    return seen.every(({ title, members }) => title === 'by alice' && members.length === 2);
  });
  const refused = { code: 'NOT_A_MEMBER', retryable: false };
  await expect(carol.groups.update(id, { title: 'mine' })).rejects.toMatchObject(
    (await carol.conversations.get(id)) === null ? { code: 'CONVERSATION_NOT_FOUND' } : refused,
  );

  // Who comes back is heard again, if he is listed.
  await alice.groups.remove(id, [bob.address]);
  await expect(bob.groups.add(id, [carol.address])).rejects.toMatchObject(refused);
  await alice.groups.add(id, [bob.address]);
  const back = async () => {
    await bob.send({ to, text: 'back' });
    return true;
  };
  await waitFor(() => back().catch(() => false));
  await waitFor(() => alice.inbox.lastSeq() === 2);
  await expect(alice.groups.add(id, ['0x0000000000000000000000000000000000000001'])).rejects.toMatchObject({
    code: 'RECIPIENT_NOT_FOUND',
  });
});
