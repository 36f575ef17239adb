import { isDeepStrictEqual } from 'node:util';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { type Address, type Envelope, type Group, permissionPresets, type Verdict } from '../src/index.ts';
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

test('a group whose members could not be added is completed under its key, and is one', async () => {
  const network = await startNetwork();
  const [alice, bob] = await Promise.all([open(network.url), open(network.url)]);
  const wanted = { members: [bob.address], title: 'plans', idempotencyKey: 'g' };
  network.faults.set({ refuseWrites: true });
  await expect(alice.groups.create(wanted)).rejects.toMatchObject({ code: 'NETWORK_UNREACHABLE' });
  network.faults.clear();
  const made = await alice.groups.create(wanted);
  expect(made).toMatchObject({ title: 'plans', replayed: true });
  expect(made.members).toHaveLength(2);
  expect((await alice.conversations.list()).conversations).toMatchObject([{ id: made.conversationId }]);
});

test('permissions and roles are what was asked for, a missing right is named, and success means that it is so', async () => {
  const { url } = await startNetwork();
  const [alice, bob, carol] = await Promise.all([open(url), open(url), open(url)]);
  const roleOf = (group: Group, { inboxId }: { inboxId: string }) =>
    group.members.find((member) => member.inboxId === inboxId)?.role;

  const admins = await alice.groups.create({ members: [bob.address], permissions: 'admins' });
  expect(admins.permissions).toEqual({ preset: 'admins', policies: permissionPresets.admins });
  const made = await alice.groups.create({
    members: [bob.address],
    permissions: { addMembers: 'nobody', updateTitle: 'admins' },
    imageUrl: 'https://example.org/a.png',
    disappearAfterMs: 3_600_000,
  });
  const id = made.conversationId;
  expect(made).toMatchObject({ imageUrl: 'https://example.org/a.png', disappearAfterMs: 3_600_000 });
  const custom = { ...permissionPresets.members, addMembers: 'nobody', updateTitle: 'admins' };
  expect(made.permissions).toEqual({ preset: 'custom', policies: custom });
  // Not even the one who made it.
  const why = (sentence: string) => ({ code: 'PERMISSION_DENIED', message: expect.stringContaining(sentence) });
  await expect(alice.groups.add(id, [carol.address])).rejects.toMatchObject(why('Nobody may add members'));
  for (const permissions of ['members', { addMembers: 'admins', updateDisappearing: 'nobody' }] as const) {
    const { policies } = (await alice.groups.update(id, { permissions })).permissions;
    const wanted = typeof permissions === 'string' ? permissionPresets.members : permissions;
    expect(policies).toMatchObject(wanted);
  }
  await expect(alice.groups.update(id, { permissions: { addAdmins: 'members' } })).rejects.toMatchObject({
    code: 'INVALID_REQUEST',
  });
  const [bad, long] = ['javascript:alert(1)', `https://example.org/${'x'.repeat(2_000)}`];
  for (const imageUrl of [bad, long])
    await expect(alice.groups.update(id, { imageUrl })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });

  await waitFor(
    () =>
      bob.groups.get(id).then(
        () => true,
        () => false,
      ),
    { what: 'the group' },
  );
  // Nothing of a change that is not allowed in part is done.
  const change = { title: 'mine', permissions: 'admins' } as const;
  await expect(bob.groups.update(id, change)).rejects.toMatchObject(
    why('Only super admins may change its permissions'),
  );
  await expect(bob.groups.add(id, [carol.address])).rejects.toMatchObject(why('Only admins may add members'));
  await expect(bob.groups.setRole(id, alice.address, 'member')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  expect((await alice.groups.get(id)).title).toBe('');

  await expect(alice.groups.setRole(id, alice.address, 'member')).rejects.toMatchObject(why('needs a super admin'));
  for (const role of ['admin', 'super-admin', 'admin', 'member', 'super-admin', 'member'] as const) {
    expect(roleOf(await alice.groups.setRole(id, bob.address, role), bob)).toBe(role);
  }
  await expect(alice.groups.setRole(id, carol.address, 'admin')).rejects.toMatchObject({ code: 'RECIPIENT_NOT_FOUND' });
  await alice.groups.setRole(id, bob.address, 'admin');
  await expect(bob.groups.remove(id, [alice.address])).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });

  // Both at once, many times: whoever is told that it is so was told the truth at that moment, and all see the same at the end.
  await bob.groups.add(id, [carol.address]);
  const said: PromiseSettledResult<Group>[] = [];
  for (let round = 0; round < 4; round += 1) {
    said.push(
      ...(await Promise.allSettled([
        alice.groups.update(id, { title: `alice ${round}` }),
        bob.groups.update(id, { title: `bob ${round}`, description: `of ${round}` }),
        ...(round === 3
          ? [alice.groups.setRole(id, carol.address, 'admin'), bob.groups.remove(id, [carol.address])]
          : []),
      ])),
    );
  }
  // Somebody who was removed at the same time is no member whose role could change.
  const fair = new Set(['GROUP_CHANGED', 'SDK_FAILED', 'RECIPIENT_NOT_FOUND']);
  const untrue = said.flatMap((each) =>
    each.status === 'rejected' && !fair.has(each.reason.code) ? [each.reason.message] : [],
  );
  expect(untrue).toEqual([]);
  await alice.groups.update(id, { description: 'the end' });
  await waitFor(async () => {
    const [one, two] = await Promise.all([alice, bob].map((mailbox) => mailbox.groups.get(id)));
    return (
      one?.description === 'the end' &&
      isDeepStrictEqual(
        one.members.map(({ role }) => role).toSorted(),
        two?.members.map(({ role }) => role).toSorted(),
      ) &&
      one.title === two?.title
    );
  });
  // Nobody who is not a member is an admin: he would be one as soon as he is added.
  const back = await alice.groups.add(id, [carol.address]);
  expect(roleOf(back, carol)).toBe(roleOf(await bob.groups.update(id, { title: 'last' }), carol));
});
