import type { Group } from '@xmtp-messaging/xmtp-core';
import type { AuditActor } from '../audit/audit-line-schema.ts';
import { changeList } from '../audit/change-list.ts';
import type { OpenParts } from '../types.ts';

/** Which invitation, and who decides on it. */
export interface InvitationOptions extends OpenParts {
  /** Of the group. */
  conversationId: string;
  /** Who decides, for the audit log. */
  by: AuditActor;
}

/**
 * Accepts being in a group: it is listed, under `label` if given, and listened to from now on. Who is heard there stays with the allowlist. Idempotent.
 * @throws MailboxError CONVERSATION_NOT_FOUND; AllowlistError
 */
export async function acceptInvitation(options: InvitationOptions & { label?: string | undefined }): Promise<Group> {
  const { home, mailbox, conversationId, by, label } = options;
  // Known before it is listed: a list is no place for guesses.
  await mailbox.groups.get(conversationId);
  const { added } = await changeList({ home, list: 'grouplist', by }, () =>
    home.grouplist.add({ conversationId, name: label }),
  );
  const group = await mailbox.groups.accept(conversationId);
  if (added) home.audit.record({ by, action: 'accepted', conversationId });
  return group;
}

/**
 * Refuses to be in a group: nothing of it is listened to, whoever is in it, and the agent asks to leave it. Idempotent.
 * @throws MailboxError CONVERSATION_NOT_FOUND; AllowlistError
 */
export async function refuseInvitation(
  options: InvitationOptions,
): Promise<{ leave: 'asked' | 'not-a-member' | 'not-possible' }> {
  const { home, mailbox, conversationId, by } = options;
  const refused = await mailbox.groups.refuse(conversationId);
  home.audit.record({ by, action: 'refused', conversationId });
  await changeList({ home, list: 'grouplist', by }, () => home.grouplist.remove(conversationId));
  return refused;
}
