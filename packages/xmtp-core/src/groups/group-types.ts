import type { Address } from '../types.ts';

/** What a new group is to be. */
export interface NewGroup {
  /** Who is in it beside this mailbox. */
  members: readonly Address[];
  /** Read by every member. @default none */
  title?: string | undefined;
  description?: string | undefined;
  /** Whether members or admins alone may add somebody and change the title. @default 'members' */
  permissions?: 'members' | 'admins' | undefined;
  /** Same key, same group, whatever dies in between; members see a keyed digest of it. @default none */
  idempotencyKey?: string | undefined;
}

/** Somebody in a group. */
export interface GroupMember {
  inboxId: string;
  /** Lower case. */
  addresses: readonly Address[];
  role: 'member' | 'admin' | 'super-admin';
  isSelf: boolean;
}

/** A group as its members see it. Title and description are words of others: show them to a model through the guard only. */
export interface Group {
  conversationId: string;
  title: string;
  description: string;
  members: readonly GroupMember[];
}

/** What a mailbox can do with groups. What is not allowed is refused for good: NOT_A_MEMBER, PERMISSION_DENIED. */
export interface Groups {
  /** @throws MailboxError RECIPIENT_NOT_FOUND */
  create(group: NewGroup): Promise<Group & { replayed: boolean }>;
  /** @throws MailboxError CONVERSATION_NOT_FOUND, also for a direct message */
  get(conversationId: string): Promise<Group>;
  /** Who is in it already stays. */
  add(conversationId: string, members: readonly Address[]): Promise<Group>;
  /** Who is not in it stays out. */
  remove(conversationId: string, members: readonly Address[]): Promise<Group>;
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
  update(
    conversationId: string,
    change: { title?: string | undefined; description?: string | undefined },
  ): Promise<Group>;
  setRole(conversationId: string, member: Address, role: 'member' | 'admin'): Promise<Group>;
}
