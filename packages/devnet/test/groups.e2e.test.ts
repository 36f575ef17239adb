import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDevnet, type Devnet } from '../src/index.ts';
import { createClients, readTexts } from './clients.ts';
import { permission, policy, preset } from './sdk-enums.ts';

let network: Devnet;
beforeAll(async () => {
  network = await createDevnet();
});
afterAll(() => network.close());

const customPolicies = {
  addMemberPolicy: policy.superAdmin,
  removeMemberPolicy: policy.superAdmin,
  addAdminPolicy: policy.superAdmin,
  removeAdminPolicy: policy.superAdmin,
  updateGroupNamePolicy: policy.allow,
  updateGroupDescriptionPolicy: policy.deny,
  updateGroupImageUrlSquarePolicy: policy.admin,
  updateMessageDisappearingPolicy: policy.admin,
  updateAppDataPolicy: policy.admin,
};

describe.each([
  { name: 'default', options: { permissions: preset.default }, mayRename: true, mayAdd: true },
  { name: 'admin only', options: { permissions: preset.adminOnly }, mayRename: false, mayAdd: false },
  {
    name: 'custom',
    options: { permissions: preset.custom, customPermissionPolicySet: customPolicies },
    mayRename: true,
    mayAdd: false,
  },
])('a group with $name permissions', ({ options, mayRename, mayAdd }) => {
  test('lets a plain member do what they say', async () => {
    const [alice, bob, carol] = await createClients(network, 3);
    const group = await alice!.conversations.createGroup([bob!.inboxId], { ...options, groupName: 'first name' });
    await bob!.conversations.sync();
    const [joined] = bob!.conversations.listGroups();
    expect(joined!.name).toBe('first name');
    const renamed = await joined!.updateName('second name').then(
      () => true,
      () => false,
    );
    const added = await joined!.addMembers([carol!.inboxId]).then(
      () => true,
      () => false,
    );
    expect({ renamed, added }).toEqual({ renamed: mayRename, added: mayAdd });
    await group.sync();
    expect(group.name).toBe(mayRename ? 'second name' : 'first name');
    expect(await group.members()).toHaveLength(mayAdd ? 3 : 2);
  });
});

test('members come and go, and see only what was said while they were there', async () => {
  const [alice, bob, carol] = await createClients(network, 3);
  const group = await alice!.conversations.createGroup([bob!.inboxId]);
  await group.sendText('bob only');
  await group.addMembers([carol!.inboxId]);
  await group.sendText('both');
  await group.removeMembers([bob!.inboxId]);
  await group.sendText('carol only');
  await Promise.all([bob!.conversations.syncAll(), carol!.conversations.syncAll()]);
  const [ofBob] = bob!.conversations.listGroups();
  const [ofCarol] = carol!.conversations.listGroups();
  const seenByBob = (await ofBob!.messages())
    .map(({ content }) => content)
    .filter((content) => typeof content === 'string');
  expect(seenByBob).toEqual(['bob only', 'both']);
  expect(await readTexts(ofCarol!)).toEqual(['both', 'carol only']);
  expect(ofBob!.isActive).toBe(false);
  expect(ofCarol!.isActive).toBe(true);
});

test('admins are made, use their right and lose it; permissions change', async () => {
  const [alice, bob, carol, dave] = await createClients(network, 4);
  const group = await alice!.conversations.createGroup([bob!.inboxId], { permissions: preset.adminOnly });
  await bob!.conversations.sync();
  const [joined] = bob!.conversations.listGroups();
  await group.addAdmin(bob!.inboxId);
  await joined!.sync();
  await joined!.addMembers([carol!.inboxId]);
  await group.sync();
  expect(await group.members()).toHaveLength(3);
  await group.removeAdmin(bob!.inboxId);
  await joined!.sync();
  await expect(joined!.removeMembers([carol!.inboxId])).rejects.toThrow(/GroupError/);
  await group.updatePermission(permission.addMember, policy.deny);
  await expect(group.addMembers([dave!.inboxId])).rejects.toThrow(/GroupError/);
});

test('members write at once, everybody reads everything, and those who only read see one order', async () => {
  const [alice, ...others] = await createClients(network, 7);
  const group = await alice!.conversations.createGroup(others.map(({ inboxId }) => inboxId));
  await Promise.all(others.map((client) => client.conversations.sync()));
  const [reader, ...writers] = others.map((client) => client.conversations.listGroups()[0]!);
  // The first message of a member also renews its keys, and only one such commit wins an epoch.
  for (const conversation of writers) await conversation.sendText('first');
  await Promise.all(writers.map((conversation, index) => conversation.sendText(`from ${index}`)));
  const [seenByAlice, seenByReader, ...seenByWriters] = await Promise.all([group, reader!, ...writers].map(readTexts));
  expect(seenByAlice).toHaveLength(2 * writers.length);
  expect(seenByReader).toEqual(seenByAlice);
  for (const seen of seenByWriters) expect(seen.toSorted()).toEqual(seenByAlice!.toSorted());
});
