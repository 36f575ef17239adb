import type { Address } from '../address.ts';
import type { GroupPermissions, NewPermissions } from './group-permissions.ts';

/** What a member may do. Whoever makes a group is its first super admin. */
export type GroupRole = 'member' | 'admin' | 'super-admin';

/** What may be changed in a group. */
export interface GroupSettings {
  /** Read by every member, at most 100 characters. */
  title?: string | undefined;
  /** At most 1,000 characters. */
  description?: string | undefined;
  /** An `https` URL of at most 2,000 characters; empty for none. Nothing of it is fetched. */
  imageUrl?: string | undefined;
  /** What is sent from now on disappears after this, milliseconds; `null`: it stays. */
  disappearAfterMs?: number | null | undefined;
  /** Who may do what. Only super admins change it. */
  permissions?: NewPermissions | undefined;
}

/** What a new group is to be. */
export interface NewGroup extends GroupSettings {
  /** Who is in it beside this mailbox. */
  members: readonly Address[];
  /** Same key, same group, whatever dies in between; members see a keyed digest of it. @default none */
  idempotencyKey?: string | undefined;
}

/** Somebody in a group. */
export interface GroupMember {
  /** 64 hexadecimal digits. */
  inboxId: string;
  /** Lower case. */
  addresses: readonly Address[];
  /** In this group. */
  role: GroupRole;
  /** Whether it is the inbox of this mailbox. */
  isSelf: boolean;
}

/** A group as its members see it. Title, description and image are words of others: show them to a model through the guard only. */
export interface Group {
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** Empty for none. */
  title: string;
  /** Empty for none. */
  description: string;
  /** Empty for none. Nothing of it was fetched. */
  imageUrl: string;
  /** After how many milliseconds new messages disappear; `null` when they stay. */
  disappearAfterMs: number | null;
  /** Who may do what there. */
  permissions: GroupPermissions;
  /** All of them, this mailbox among them while it is in the group. */
  members: readonly GroupMember[];
}

/**
 * What a mailbox can do with groups. A change that resolves holds at that moment: one that another member undid at once is
 * GROUP_CHANGED. What is not allowed is refused for good: NOT_A_MEMBER, PERMISSION_DENIED.
 */
export interface Groups {
  /** @throws MailboxError RECIPIENT_NOT_FOUND, INVALID_REQUEST */
  create(group: NewGroup): Promise<Group & { replayed: boolean }>;
  /** Local. @throws MailboxError CONVERSATION_NOT_FOUND, also for a direct message */
  get(conversationId: string): Promise<Group>;
  /** Who is in it already stays. @throws MailboxError RECIPIENT_NOT_FOUND */
  add(conversationId: string, members: readonly Address[]): Promise<Group>;
  /** Who is not in it stays out. To go oneself is `leave`. */
  remove(conversationId: string, members: readonly Address[]): Promise<Group>;
  /** Asks to leave; an admin's client completes it. @throws MailboxError PERMISSION_DENIED: super admins and the last member stay */
  leave(conversationId: string): Promise<void>;
  /**
   * Listens to a group, refused before or not. Who is heard there stays with `admit`; what was sent while it was refused is not
   * heard. Repeating it changes nothing. @throws MailboxError CONVERSATION_NOT_FOUND
   */
  accept(conversationId: string): Promise<Group>;
  /**
   * Listens to nothing of a group any more, whoever is in it or adds us again, until it is accepted; and asks to leave it, which an
   * admin's client completes and its members see. Repeating it changes nothing. @throws MailboxError CONVERSATION_NOT_FOUND
   */
  refuse(conversationId: string): Promise<{ leave: 'asked' | 'not-a-member' | 'not-possible' }>;
  /** What is so already is left alone; what is not allowed leaves all as it is. @throws MailboxError INVALID_REQUEST */
  update(conversationId: string, change: GroupSettings): Promise<Group>;
  /** Makes a member what is said, from whatever it was. @throws MailboxError RECIPIENT_NOT_FOUND: not a member */
  setRole(conversationId: string, member: Address, role: GroupRole): Promise<Group>;
}
