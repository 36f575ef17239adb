import type { Group as SdkGroup } from '@xmtp/node-sdk';
import { mailboxError } from '../errors.ts';
import type { GroupDeed } from '../groups/find-obstacle.ts';
import { type GroupAction, policiesOf } from '../groups/group-permissions.ts';
import type { GroupRole, GroupSettings } from '../groups/group-types.ts';
import { disappearAfterMsOf, permissionsOf, policyTargets, policyValue, roleOf } from './group-facts.ts';

/** One commit of a change. */
export interface GroupStep {
  deed: GroupDeed;
  /** Whether the group is so. */
  holds: (group: SdkGroup) => boolean | Promise<boolean>;
  run: (group: SdkGroup) => Promise<unknown>;
  /** Takes back what was done in vain. */
  undo?: ((group: SdkGroup) => Promise<unknown>) | undefined;
}

/** What of a change is to be done to a group as it is now. */
export type GroupPlan = (group: SdkGroup) => readonly GroupStep[] | Promise<readonly GroupStep[]>;

const has = async (group: SdkGroup, inboxId: string) =>
  (await group.members()).some((member) => member.inboxId === inboxId);

export const planAddition = (inboxIds: readonly string[]): GroupStep => {
  const missing = async (group: SdkGroup) => {
    const present = new Set((await group.members()).map(({ inboxId }) => inboxId));
    return inboxIds.filter((inboxId) => !present.has(inboxId));
  };
  return {
    deed: 'addMembers',
    holds: async (group) => (await missing(group)).length === 0,
    run: async (group) => await group.addMembers(await missing(group)),
  };
};

export const planRemoval = (inboxIds: readonly string[]): GroupStep => {
  const present = async (group: SdkGroup) =>
    (await group.members()).map(({ inboxId }) => inboxId).filter((inboxId) => inboxIds.includes(inboxId));
  return {
    deed: 'removeMembers',
    holds: async (group) => (await present(group)).length === 0,
    run: async (group) => await group.removeMembers(await present(group)),
  };
};

/** The SDK makes an admin of anybody, member or not: who is added later would be one at once. So this is undone. */
export async function planRole(group: SdkGroup, inboxId: string, role: GroupRole): Promise<GroupStep[]> {
  const addAdmin: GroupStep = {
    deed: 'addAdmins',
    holds: async (now) => now.isAdmin(inboxId) && (await has(now, inboxId)),
    run: (now) => now.addAdmin(inboxId),
    undo: (now) => now.removeAdmin(inboxId),
  };
  const addSuperAdmin: GroupStep = {
    deed: 'addSuperAdmins',
    holds: async (now) => now.isSuperAdmin(inboxId) && (await has(now, inboxId)),
    run: (now) => now.addSuperAdmin(inboxId),
    undo: (now) => now.removeSuperAdmin(inboxId),
  };
  const removeAdmin: GroupStep = {
    deed: 'removeAdmins',
    holds: (now) => !now.isAdmin(inboxId),
    run: (now) => now.removeAdmin(inboxId),
  };
  const removeSuperAdmin: GroupStep = {
    deed: 'removeSuperAdmins',
    holds: (now) => !now.isSuperAdmin(inboxId),
    run: (now) => now.removeSuperAdmin(inboxId),
  };
  if (role === 'super-admin') return [addSuperAdmin];
  const ruling = (await group.members()).filter(({ permissionLevel }) => roleOf(permissionLevel) === 'super-admin');
  if (ruling.length === 1 && ruling[0]?.inboxId === inboxId) {
    throw mailboxError('PERMISSION_DENIED', { detail: 'A group needs a super admin. Make somebody else one first.' });
  }
  // Admin first: whoever steps down must not lose the right to do so half way.
  return role === 'admin' ? [addAdmin, removeSuperAdmin] : [removeAdmin, removeSuperAdmin];
}

/** @param now Milliseconds since the epoch */
export function planUpdate(group: SdkGroup, settings: GroupSettings, now: number): GroupStep[] {
  const { title, description, imageUrl, disappearAfterMs, permissions } = settings;
  const steps: GroupStep[] = [];
  if (title !== undefined)
    steps.push({ deed: 'updateTitle', holds: (g) => g.name === title, run: (g) => g.updateName(title) });
  if (description !== undefined)
    steps.push({
      deed: 'updateDescription',
      holds: (g) => g.description === description,
      run: (g) => g.updateDescription(description),
    });
  if (imageUrl !== undefined)
    steps.push({ deed: 'updateImage', holds: (g) => g.imageUrl === imageUrl, run: (g) => g.updateImageUrl(imageUrl) });
  if (disappearAfterMs !== undefined)
    steps.push({
      deed: 'updateDisappearing',
      holds: (g) => disappearAfterMsOf(g) === disappearAfterMs,
      run: (g) =>
        disappearAfterMs === null
          ? g.removeMessageDisappearingSettings()
          : g.updateMessageDisappearingSettings(BigInt(now) * 1_000_000n, BigInt(disappearAfterMs) * 1_000_000n),
    });
  // Last: they may take from us what the others need.
  if (permissions !== undefined) steps.push(...planPermissions(group, permissions));
  return steps;
}

function planPermissions(group: SdkGroup, wanted: NonNullable<GroupSettings['permissions']>): GroupStep[] {
  const present = permissionsOf(group).policies;
  const goal = policiesOf(wanted, present);
  return (Object.keys(goal) as GroupAction[]).flatMap((action) => {
    const holder = goal[action];
    if (holder === 'other' || holder === present[action]) return [];
    const { kind, fields } = policyTargets[action];
    return [
      {
        deed: 'updatePermissions' as const,
        holds: (now: SdkGroup) => permissionsOf(now).policies[action] === holder,
        async run(now: SdkGroup) {
          for (const field of fields) await now.updatePermission(kind, policyValue[holder], field);
        },
      },
    ];
  });
}
