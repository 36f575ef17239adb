import type { GroupAction, GroupPermissions, PermissionHolder } from './group-permissions.ts';
import type { GroupRole } from './group-types.ts';

/** What somebody wants to do in a group. The last three have no policy: they are the super admins'. */
export type GroupDeed = GroupAction | 'addSuperAdmins' | 'removeSuperAdmins' | 'updatePermissions';

const words: Record<GroupDeed, string> = {
  addMembers: 'add members',
  removeMembers: 'remove members',
  addAdmins: 'make admins',
  removeAdmins: 'dismiss admins',
  addSuperAdmins: 'make super admins',
  removeSuperAdmins: 'dismiss super admins',
  updateTitle: 'change its title',
  updateDescription: 'change its description',
  updateImage: 'change its image',
  updateDisappearing: 'change how long its messages stay',
  updateAppData: 'change its app data',
  updatePermissions: 'change its permissions',
};
const ranks: Record<GroupRole, number> = { member: 0, admin: 1, 'super-admin': 2 };
const needed: Record<PermissionHolder | 'other', number> = {
  members: 0,
  admins: 1,
  'super-admins': 2,
  nobody: 3,
  // What nobody here can read is for the network to decide.
  other: 0,
};

/** Why the policies of a group do not allow a deed to somebody of this role, in a sentence; `null` when they do. */
export function findObstacle(
  deed: GroupDeed,
  { role, policies }: { role: GroupRole; policies: GroupPermissions['policies'] },
): string | null {
  const holder = deed in policies ? policies[deed as GroupAction] : 'super-admins';
  if (ranks[role] >= needed[holder]) return null;
  const who = holder === 'nobody' ? 'Nobody' : `Only ${holder.replace('-', ' ')}`;
  return `${who} may ${words[deed]}; this mailbox is ${role === 'admin' ? 'an admin' : `a ${role.replace('-', ' ')}`}.`;
}
