import type {
  Client,
  ConsentState,
  Conversation,
  ConversationType,
  DeliveryStatus,
  EncodedContent,
  GroupMessageKind,
  Identifier,
  IdentifierKind,
  Message,
  MessageSortBy,
  SortDirection,
  XmtpEnv,
} from '@xmtp/node-bindings';

export type { EncodedContent, Message };

/** What this package uses of a conversation. All of it is the binding's own; most of it node-sdk hides. */
export type NativeConversation = Pick<
  Conversation,
  | 'id'
  | 'consentState'
  | 'updateConsentState'
  | 'createdAtNs'
  | 'groupName'
  | 'dmPeerInboxId'
  | 'listMembers'
  | 'addMembers'
  | 'addedByInboxId'
  | 'isActive'
  | 'sync'
  | 'listMessages'
  | 'prepareMessage'
  | 'publishStoredMessage'
  | 'publishMessages'
  | 'send'
  | 'groupMetadata'
  | 'stream'
  | 'debugInfo'
  | 'hmacKeys'
>;

export type RawClient = Client;

// The binding declares const enums, which type stripping cannot read. These are their values in 1.10.0.
/** One of a const enum. */
export const member = (value: unknown): never => value as never;

export const consent: Record<'unknown' | 'allowed' | 'denied', ConsentState> = {
  unknown: member(0),
  allowed: member(1),
  denied: member(2),
};
export const deliveryStatus: Record<'unpublished' | 'published', DeliveryStatus> = {
  unpublished: member(0),
  published: member(1),
};
export const conversationKind: Record<'dm' | 'group', ConversationType> = { dm: member(0), group: member(1) };
export const ethereum: IdentifierKind = member(0);
export const applicationMessage: GroupMessageKind = member(0);
export const changeMessage: GroupMessageKind = member(1);
export const sortBySentAt: MessageSortBy = member(0);
export const ascending: SortDirection = member(0);
export const descending: SortDirection = member(1);
export const networkEnv: Record<'local' | 'dev' | 'production', XmtpEnv> = {
  local: member('Local'),
  dev: member('Dev'),
  production: member('Production'),
};

/** Ethereum addresses among the identifiers of an inbox, lower case. */
export function ethereumOf(identifiers: readonly Identifier[]): string[] {
  const accounts = identifiers.filter((account) => account.identifierKind === ethereum);
  return accounts.map(({ identifier }) => identifier.toLowerCase());
}
