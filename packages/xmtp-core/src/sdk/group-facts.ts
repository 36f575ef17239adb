import type { Group as SdkGroup } from '@xmtp/node-sdk';
import type {
  CreateGroupOptions,
  GroupPermissionsOptions,
  MetadataField,
  PermissionPolicy,
  PermissionPolicySet,
  PermissionUpdateType,
} from '@xmtp/node-bindings';
import {
  type GroupAction,
  groupActions,
  type GroupPermissions,
  type PermissionHolder,
  permissionPresets,
  policiesOf,
} from '../groups/group-permissions.ts';
import type { Group, GroupRole, GroupSettings } from '../groups/group-types.ts';
import type { Address } from '../types.ts';
import { ethereumOf, member } from './native-types.ts';

const million = 1_000_000n;
// The binding declares const enums, which type stripping cannot read. These are their values in 1.10.0.
const roles: Record<number, GroupRole> = { 0: 'member', 1: 'admin', 2: 'super-admin' };
const presets: Record<number, GroupPermissions['preset']> = { 0: 'members', 1: 'admins', 2: 'custom' };
const presetValue: Record<GroupPermissions['preset'], GroupPermissionsOptions> = {
  members: member(0),
  admins: member(1),
  custom: member(2),
};
export const policyValue: Record<PermissionHolder, PermissionPolicy> = {
  members: member(0),
  nobody: member(1),
  admins: member(2),
  'super-admins': member(3),
};
const holders: Record<number, PermissionHolder> = { 0: 'members', 1: 'nobody', 2: 'admins', 3: 'super-admins' };
const policyKeys: Record<GroupAction, keyof PermissionPolicySet> = {
  addMembers: 'addMemberPolicy',
  removeMembers: 'removeMemberPolicy',
  addAdmins: 'addAdminPolicy',
  removeAdmins: 'removeAdminPolicy',
  updateTitle: 'updateGroupNamePolicy',
  updateDescription: 'updateGroupDescriptionPolicy',
  updateImage: 'updateGroupImageUrlSquarePolicy',
  updateDisappearing: 'updateMessageDisappearingPolicy',
  updateAppData: 'updateAppDataPolicy',
};
/** How a policy is changed: its kind, and the fields of the metadata that it is about. */
export const policyTargets: Record<
  GroupAction,
  { kind: PermissionUpdateType; fields: readonly (MetadataField | undefined)[] }
> = {
  addMembers: { kind: member(0), fields: [undefined] },
  removeMembers: { kind: member(1), fields: [undefined] },
  addAdmins: { kind: member(2), fields: [undefined] },
  removeAdmins: { kind: member(3), fields: [undefined] },
  updateAppData: { kind: member(4), fields: [member(0)] },
  updateDescription: { kind: member(4), fields: [member(1)] },
  updateTitle: { kind: member(4), fields: [member(2)] },
  updateImage: { kind: member(4), fields: [member(3)] },
  updateDisappearing: { kind: member(4), fields: [member(4), member(5)] },
};

export const roleOf = (level: number): GroupRole => roles[level] ?? 'member';

export function permissionsOf(group: SdkGroup): GroupPermissions {
  const { policyType, policySet } = group.permissions();
  const policies = groupActions.map((action) => [action, holders[policySet[policyKeys[action]]] ?? 'other'] as const);
  return {
    preset: presets[policyType] ?? 'custom',
    policies: Object.fromEntries(policies) as GroupPermissions['policies'],
  };
}

/** What a new group begins with. @param now Milliseconds since the epoch */
export function creationOptions(wanted: GroupSettings, now: number): CreateGroupOptions {
  const { title, description, imageUrl, disappearAfterMs, permissions = 'members' } = wanted;
  const isPreset = typeof permissions === 'string';
  const preset = presetValue[isPreset ? permissions : 'custom'];
  return {
    permissions: preset,
    ...(isPreset ? {} : { customPermissionPolicySet: toPolicySet(policiesOf(permissions, permissionPresets.members)) }),
    ...(title === undefined ? {} : { groupName: title }),
    ...(description === undefined ? {} : { groupDescription: description }),
    ...(imageUrl === undefined ? {} : { groupImageUrlSquare: imageUrl }),
    ...(disappearAfterMs === undefined || disappearAfterMs === null
      ? {}
      : { messageDisappearingSettings: { fromNs: BigInt(now) * million, inNs: BigInt(disappearAfterMs) * million } }),
  };
}

/** Members are added after it holds, so nobody at all would shut out the first of them. */
function toPolicySet(policies: GroupPermissions['policies']): PermissionPolicySet {
  const entries = groupActions.map((action) => {
    const holder = policies[action];
    const isTooEarly = holder === 'other' || (action === 'addMembers' && holder === 'nobody');
    return [policyKeys[action], policyValue[isTooEarly ? 'super-admins' : holder]] as const;
  });
  return Object.fromEntries(entries) as unknown as PermissionPolicySet;
}

export function disappearAfterMsOf(group: SdkGroup): number | null {
  const settings = group.messageDisappearingSettings();
  return settings === undefined || settings === null || settings.inNs === 0n ? null : Number(settings.inNs / million);
}

/** A group as this client knows it, without asking. */
export async function describeGroup(group: SdkGroup, ownInboxId: string): Promise<Group> {
  return {
    conversationId: group.id,
    title: group.name,
    description: group.description,
    imageUrl: group.imageUrl,
    disappearAfterMs: disappearAfterMsOf(group),
    permissions: permissionsOf(group),
    members: (await group.members()).map(({ inboxId, accountIdentifiers, permissionLevel }) => ({
      inboxId,
      addresses: ethereumOf(accountIdentifiers) as Address[],
      role: roleOf(permissionLevel),
      isSelf: inboxId === ownInboxId,
    })),
  };
}
