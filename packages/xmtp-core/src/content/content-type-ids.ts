import type { contentSchemas } from './typed-content.ts';

/** The short name of a content type that this mailbox knows. */
export type ContentTypeName = keyof typeof contentSchemas;

/** The full id under which each type is written today. Older and newer minor versions are read alike. */
export const contentTypeIds: Readonly<Record<ContentTypeName, string>> = {
  text: 'xmtp.org/text:1.0',
  markdown: 'xmtp.org/markdown:1.0',
  reply: 'xmtp.org/reply:1.0',
  reaction: 'xmtp.org/reaction:2.0',
  readReceipt: 'xmtp.org/readReceipt:1.0',
  attachment: 'xmtp.org/attachment:1.0',
  remoteAttachment: 'xmtp.org/remoteStaticAttachment:1.0',
  multiRemoteAttachment: 'xmtp.org/multiRemoteStaticAttachment:1.0',
  transactionReference: 'xmtp.org/transactionReference:1.0',
  walletSendCalls: 'xmtp.org/walletSendCalls:1.0',
  actions: 'coinbase.com/actions:1.0',
  intent: 'coinbase.com/intent:1.0',
  groupUpdated: 'xmtp.org/group_updated:1.0',
  leaveRequest: 'xmtp.org/leave_request:1.0',
  deleteMessage: 'xmtp.org/deleteMessage:1.0',
};

const withoutMinor = (id: string) => id.replace(/\.\d+$/u, '');

const names = new Map<string, ContentTypeName>(
  Object.entries(contentTypeIds).map(([name, id]) => [withoutMinor(id), name as ContentTypeName]),
);
names.set('xmtp.org/reaction:1', 'reaction');

/** The short name for a full id, whatever its minor version; `null` when there is none. */
export function contentTypeNameOf(id: string): ContentTypeName | null {
  return names.get(withoutMinor(id)) ?? null;
}

/** What `type` says for a full id: the short name, or the id itself. */
export function shortTypeOf(id: string): string {
  return contentTypeNameOf(id) ?? id;
}
