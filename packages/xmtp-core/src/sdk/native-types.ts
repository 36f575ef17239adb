import type {
  Client,
  Conversation,
  EncodedContent,
  Identifier,
  ListMessagesOptions,
  Message,
  Reply,
} from '@xmtp/node-bindings';

export type { EncodedContent, Identifier, ListMessagesOptions, Message, Reply };

/** What this package uses of a conversation. All of it is the binding's own; most of it node-sdk hides. */
export type NativeConversation = Pick<
  Conversation,
  | 'id'
  | 'createdAtNs'
  | 'consentState'
  | 'updateConsentState'
  | 'dmPeerInboxId'
  | 'listMembers'
  | 'addMembers'
  | 'sync'
  | 'listMessages'
  | 'prepareMessage'
  | 'publishStoredMessage'
  | 'publishMessages'
  | 'send'
  | 'sendReply'
  | 'groupMetadata'
  | 'stream'
>;

export type RawClient = Client;

// The binding declares const enums, which type stripping cannot read. These are their values in 1.10.0.
export const consent = { unknown: 0, allowed: 1, denied: 2 } as const;
export const deliveryStatus = { unpublished: 0, published: 1, failed: 2 } as const;
export const messageKind = { application: 0 } as const;
export const conversationKind = { dm: 0, group: 1 } as const;
export const identifierKind = { ethereum: 0 } as const;
export const sortBy = { sentAt: 0, insertedAt: 1 } as const;
export const direction = { ascending: 0, descending: 1 } as const;
