import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import type { GroupUpdatedContent, MessageContent } from '@xmtp-messaging/xmtp-core/content';
import { describeMember, type MemberFacts, type ShownMember } from './describe-member.ts';

const lists = {
  addedInboxes: 'added',
  removedInboxes: 'removed',
  leftInboxes: 'left',
  addedAdminInboxes: 'admins now',
  removedAdminInboxes: 'admins no more',
  addedSuperAdminInboxes: 'super admins now',
  removedSuperAdminInboxes: 'super admins no more',
} as const satisfies Partial<Record<keyof GroupUpdatedContent, string>>;
type ListKey = keyof typeof lists;
const listKeys = Object.keys(lists) as ListKey[];
/** Of XMTP's fields; each other one keeps its own name. */
const fields: Record<string, string> = {
  group_name: 'title',
  description: 'description',
  group_image_url_square: 'image',
};

export const isGroupChange = (content: MessageContent | null): content is GroupUpdatedContent =>
  content !== null && 'initiatedByInboxId' in content;

/** A change of a group, with what the operator knows of everybody whom it names. */
export function nameInChange(
  content: GroupUpdatedContent,
  { named }: Pick<InboundMessage, 'named'>,
  facts: MemberFacts,
): GroupUpdatedContent {
  const known = new Map(named.map((peer) => [peer.inboxId, peer]));
  const describe = ({ inboxId }: { inboxId: string }) =>
    describeMember(known.get(inboxId) ?? { inboxId, addresses: [] }, facts);
  return { ...content, ...Object.fromEntries(listKeys.map((key) => [key, content[key].map(describe)])) };
}

/** The same for a reader, one fact to a line. People who are not listed are a number: their addresses are no words for a model. */
export function describeChange(content: GroupUpdatedContent): string {
  const people = listKeys.flatMap((key) => {
    const members = content[key] as readonly ShownMember[];
    if (members.length === 0) return [];
    const shown = members.filter((member) => member.self || (member.listed as boolean | undefined) !== false);
    const strangers = members.length - shown.length;
    const names = shown.map(({ name, address, inboxId, self }) =>
      self ? 'this agent' : [name, address].filter(Boolean).join(' ') || `inbox ${inboxId}`,
    );
    return `${lists[key]}: ${[...names, ...(strangers === 0 ? [] : [`${strangers} not listed`])].join(', ')}`;
  });
  const changes = content.metadataFieldChanges.flatMap(({ fieldName, oldValue = '', newValue = '' }) => {
    const name = fields[fieldName] ?? fieldName;
    return [...(oldValue === '' ? [] : [`${name} was: ${oldValue}`]), `${name}: ${newValue}`];
  });
  return ['groupUpdated', ...people, ...changes].join('\n');
}
