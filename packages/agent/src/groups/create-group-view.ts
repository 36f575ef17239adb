import { renderLine } from '@xmtp-messaging/inbound-guard';
import type { Group, GroupPermissions, GroupRole } from '@xmtp-messaging/xmtp-core';
import { describeMember, type MemberFacts, type ShownMember } from '../inbound/describe-member.ts';

/** A group as the agent may see it: what its members wrote is cleaned, and who of them is listed is told. */
export interface AgentGroup {
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** Members may have chosen it. Cleaned, on one line; empty for none, and where it is withheld. */
  title: string;
  /** As `title`, on one line too. */
  description: string;
  /** Of somewhere in the web; nothing of it is fetched. `null` for none. */
  imageUrl: string | null;
  /** After how many seconds new messages disappear; `null` when they stay. */
  disappearAfterSeconds: number | null;
  /** Who may do what. */
  permissions: GroupPermissions;
  /** All of them, the agent among them. */
  members: (ShownMember & { role: GroupRole })[];
}

/** Shows a group to the agent. */
export type GroupView = (group: Group) => AgentGroup;

/**
 * Of groups no more than this is ever shown. Words stand there only where somebody else is listed, or where the agent rules: else
 * strangers alone wrote them.
 */
export function createGroupView(facts: MemberFacts): GroupView {
  return ({ conversationId, title, description, imageUrl, disappearAfterMs, permissions, members: inboxes }) => {
    const members = inboxes.map(({ isSelf, role, ...inbox }) => ({
      ...describeMember(inbox, facts),
      self: isSelf,
      role,
    }));
    const isShown = members.some(({ self, listed, role }) => (self ? role === 'super-admin' : listed));
    const words = (text: string) => (isShown ? renderLine(text) : '');
    return {
      conversationId,
      title: words(title),
      description: words(description),
      imageUrl: words(imageUrl) || null,
      disappearAfterSeconds: disappearAfterMs === null ? null : disappearAfterMs / 1_000,
      permissions,
      members,
    };
  };
}
