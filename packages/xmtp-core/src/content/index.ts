// The subpath @xmtp-messaging/xmtp-core/content: what messages can say, as data. Schemas and names only; browser-safe.
export { type ActionsContent, actionsContent } from './actions-content.ts';
export { type AttachmentContent, attachmentContent } from './attachment-content.ts';
export { type ContentTypeName, contentTypeIds, contentTypeNameOf, shortTypeOf } from './content-type-ids.ts';
export { type CustomContent, customContent } from './custom-content.ts';
export { type DeleteMessageContent, deleteMessageContent } from './delete-message-content.ts';
export { type GroupUpdatedContent, groupUpdatedContent } from './group-updated-content.ts';
export { type IntentContent, intentContent } from './intent-content.ts';
export { type LeaveRequestContent, leaveRequestContent } from './leave-request-content.ts';
export { type MarkdownContent, markdownContent } from './markdown-content.ts';
export { type MultiRemoteAttachmentContent, multiRemoteAttachmentContent } from './multi-remote-attachment-content.ts';
export { type OutboundContent, outboundSchemas, sendableTypes } from './outbound-schemas.ts';
export { type OutboundInput, type OutboundIssue, parseOutbound } from './parse-outbound.ts';
export { type PlainTypedContent, plainTyped } from './plain-typed.ts';
export { type ReactionContent, reactionContent } from './reaction-content.ts';
export { type ReadReceiptContent, readReceiptContent } from './read-receipt-content.ts';
export { type RemoteAttachmentContent, remoteAttachmentContent } from './remote-attachment-content.ts';
export { type ReplyContent, replyContent } from './reply-content.ts';
export { type TextContent, textContent } from './text-content.ts';
export { type TransactionReferenceContent, transactionReferenceContent } from './transaction-reference-content.ts';
export {
  contentSchemas,
  type MessageContent,
  messageContent,
  type TypedContent,
  typedContent,
} from './typed-content.ts';
export { type WalletSendCallsContent, walletSendCallsContent } from './wallet-send-calls-content.ts';
