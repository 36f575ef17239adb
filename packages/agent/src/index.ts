// The public surface of @xmtp-messaging/agent.
import '@xmtp-messaging/errors/node-version';
export { type AgentHints, agentHints } from './agent-hints.ts';
export type { AgentOptions, NamesOptions, OpenLimit, WalletOptions } from './agent-options.ts';
export { AgentError, type AgentErrorCode, type AgentErrorOptions, agentErrorTexts } from './errors.ts';
export { openAgent, type OpenAgentOptions } from './open-agent.ts';
export type { Agent, AgentStatus, ListOptions, SendOptions } from './agent-types.ts';
export { makeOperatorToken } from './home/make-operator-token.ts';
export { moveAgentToGateway } from './home/move-agent-to-gateway.ts';
export { restoreAgent, type RestoreAgentOptions } from './home/restore-agent.ts';
export type { AgentHome, AgentLogger, AgentMetrics, OpenParts, StateReason } from './types.ts';

// For programs that put something of their own before an agent, as the server does.
export { type RunningAgent, startAgent, type StartAgentOptions } from './start-agent.ts';
export type { AgentRuntime, RuntimeState } from './runtime/create-agent-runtime.ts';
export type { LoopGuard } from './delivery/create-loop-guard.ts';
export type { HandlerResult, MessageContext, MessageHandler } from './delivery/create-message-handler.ts';
export { type MessageDelivery, startDelivery, type StartDeliveryOptions } from './delivery/start-delivery.ts';
export { type AgentConversations, createAgentConversations } from './conversations/create-agent-conversations.ts';
export type {
  AgentConversation,
  ConversationMessage,
  SentMessageView,
} from './conversations/create-conversation-view.ts';
export type { MarkedRead } from './conversations/mark-read.ts';
export { mayBeHeard } from './inbound/create-admit.ts';
export { messageKinds, quietKinds, type MessageKind, type MessageKinds } from './inbound/choose-kinds.ts';
export type { TextPage, TextPages } from './inbound/create-text-pages.ts';
export { type AgentMessageDetail, readMessage } from './inbound/read-message.ts';
export type { ShownReaction } from './inbound/show-reactions.ts';
export { acceptInvitation, type InvitationOptions, refuseInvitation } from './groups/accept-invitation.ts';
export {
  type AgentGroups,
  type AgentGroupSettings,
  createAgentGroups,
  type NewAgentGroup,
} from './groups/create-agent-groups.ts';
export type { AgentGroup, GroupView } from './groups/create-group-view.ts';
export type { ShownAudience, ShownMember } from './inbound/describe-member.ts';
export type { AgentMessage, MessageView } from './inbound/create-message-view.ts';
export { readAttachment, readAttachmentText } from './attachments/read-attachment.ts';
export type { Attachment, Attachments, AttachmentsOptions, FetchPolicy } from './attachments/create-attachments.ts';
export type { AgentResolver } from './names/create-resolver.ts';
export { changeList, type ChangeListOptions } from './audit/change-list.ts';
export type { AuditActor, AuditLine, AuditRecord } from './audit/audit-line-schema.ts';
export { auditFile, type AuditLog } from './audit/open-audit-log.ts';
export { type AuditVerdict, verifyAuditLog } from './audit/verify-audit-log.ts';
export { findEntry, noEntry } from './names/find-entry.ts';
export type { Recipient } from './names/find-recipient.ts';
export { putEntry, type PutEntryOptions, type PutEntryResult } from './names/put-entry.ts';
export { answerMessage, type AnswerRequest } from './outbound/answer-message.ts';
export { type Answer, answerSaying } from './outbound/answer-saying.ts';
export type { FileToSend, Saying } from './outbound/prepare-content.ts';
export { readUploadTarget } from './uploads/read-upload-target.ts';
export { defaultMaxUpload, type UploadOptions } from './uploads/upload-options.ts';
export type { ReplyOutcome } from './outbound/send-reply.ts';
export { type MessageRequest, type SendContext, sendMessage, type SentMessage } from './outbound/send-message.ts';

// What the types above are made of, so that a program can name each.
export type { ConversationView } from './conversations/create-conversation-view.ts';
export type { DownloadLimits, Downloader } from './attachments/create-downloader.ts';
export type { Incoming, LoopVerdict, Reservation } from './delivery/create-loop-guard.ts';
export type { Person } from './inbound/describe-person.ts';
export type { EntryRequest, ResolveEntryOptions } from './names/resolve-entry.ts';
export type { Scrub } from './outbound/create-scrub.ts';
export type { AgentRuntimeOptions } from './runtime/create-agent-runtime.ts';
export type { Uploads } from './uploads/create-uploads.ts';
export type { UploadTarget } from './uploads/read-upload-target.ts';
