import { type Optional, withDefaults } from '@xmtp-messaging/errors';
/** What a policy of a group is about. */
export const groupActions = [
  'addMembers',
  'removeMembers',
  'addAdmins',
  'removeAdmins',
  'updateTitle',
  'updateDescription',
  'updateImage',
  'updateDisappearing',
  'updateAppData',
] as const;
/** One thing that a policy allows or forbids. */
export type GroupAction = (typeof groupActions)[number];

/** Who may do it; each includes those that stand behind it, but nobody is nobody. */
export const permissionHolders = ['members', 'admins', 'super-admins', 'nobody'] as const;
/** One of `permissionHolders`. */
export type PermissionHolder = (typeof permissionHolders)[number];

/** The permissions of a group. `other`: a policy that this version of the SDK has no word for. */
export interface GroupPermissions {
  /** `members` and `admins` are XMTP's own sets; every other set is `custom`. */
  preset: 'members' | 'admins' | 'custom';
  /** Who may do each thing. */
  policies: Record<GroupAction, PermissionHolder | 'other'>;
}

/** A set of XMTP's, or single policies; on creation the others are those of `members`, later they stay. */
export type NewPermissions = 'members' | 'admins' | Optional<Record<GroupAction, PermissionHolder>>;

/** XMTP's own sets (libxmtp, group_permissions.rs). */
export const permissionPresets: Record<'members' | 'admins', Record<GroupAction, PermissionHolder>> = {
  members: {
    addMembers: 'members',
    removeMembers: 'admins',
    addAdmins: 'super-admins',
    removeAdmins: 'super-admins',
    updateTitle: 'members',
    updateDescription: 'members',
    updateImage: 'members',
    updateDisappearing: 'admins',
    updateAppData: 'members',
  },
  admins: {
    addMembers: 'admins',
    removeMembers: 'admins',
    addAdmins: 'super-admins',
    removeAdmins: 'super-admins',
    updateTitle: 'admins',
    updateDescription: 'admins',
    updateImage: 'admins',
    updateDisappearing: 'admins',
    updateAppData: 'admins',
  },
};

/** Policies of a wish, on top of those that are there. */
export function policiesOf(
  wanted: NewPermissions,
  base: Record<GroupAction, PermissionHolder | 'other'>,
): Record<GroupAction, PermissionHolder | 'other'> {
  if (typeof wanted === 'string') return permissionPresets[wanted];
  return withDefaults(base, wanted);
}
