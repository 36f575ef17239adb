import { isBaseError } from '@xmtp-messaging/errors';
import type { ConversationListOptions, PageBounds, PageRequest, SentListOptions } from '@xmtp-messaging/xmtp-core';
import type { Saying } from '../outbound/prepare-content.ts';
import type { MessageRequest, SentMessage } from '../outbound/send-message.ts';
import { sendToConversation } from '../outbound/send-to-conversation.ts';
import type { OpenParts } from '../types.ts';
import type { AgentGroup } from '../groups/create-group-view.ts';
import type { AgentConversation, ConversationMessage, SentMessageView } from './create-conversation-view.ts';
import { type MarkedRead, markRead } from './mark-read.ts';
import { requireConversation } from './require-conversation.ts';

/** The agent's conversations. */
export interface AgentConversations {
  /** By what happened last, newest first unless told otherwise. @throws MailboxError INVALID_REQUEST */
  list(request?: ConversationListOptions): Promise<PageBounds & { conversations: AgentConversation[] }>;
  /** With who is in a group, and who may do what there. @throws AgentError CONVERSATION_NOT_FOUND */
  get(id: string): Promise<AgentConversation & { group: AgentGroup | null }>;
  /**
   * What was heard and said there, newest first unless told otherwise.
   * @throws MailboxError CONVERSATION_NOT_FOUND, INVALID_REQUEST
   */
  messages(id: string, request?: PageRequest): Promise<PageBounds & { messages: ConversationMessage[] }>;
  /**
   * What this agent sent, in the order in which it was asked to, with what became of it. A position never changes its message.
   * @throws MailboxError CONVERSATION_NOT_FOUND, INVALID_REQUEST
   */
  sent(options?: SentListOptions): Promise<(SentMessageView & { seq: number })[]>;
  /** Sends once. @throws as `sendToConversation` */
  send(
    id: string,
    said: string | Saying,
    options?: Pick<MessageRequest, 'contentType' | 'replyTo' | 'idempotencyKey' | 'signal'>,
  ): Promise<Omit<SentMessage, 'to' | 'changedSince' | 'heard'>>;
  /** Marks what was heard there as read, and says so to the others. @throws as `markRead` */
  markRead(id: string, options?: { signal?: AbortSignal | undefined }): Promise<MarkedRead>;
}

/**
 * The conversations of the mailbox that `open` gives, which throws as long as there is none.
 * @param keySpace Keeps the keys of one kind of caller apart from those of another.
 */
export function createAgentConversations(open: () => OpenParts, keySpace: string): AgentConversations {
  return {
    async list(request) {
      const { home, mailbox } = open();
      const { conversations, ...bounds } = await mailbox.conversations.list(request);
      return { conversations: conversations.map(home.conversationView.summary), ...bounds };
    },
    async get(id) {
      const { home, mailbox } = open();
      const conversation = home.conversationView.summary(await requireConversation(mailbox, id));
      if (conversation.type === 'dm') return { ...conversation, group: null };
      const group = await mailbox.groups.get(conversation.id).catch(unlessUnknown);
      return { ...conversation, group: group === null ? null : home.groupView(group) };
    },
    async messages(id, request) {
      const { home, mailbox } = open();
      const { messages, ...bounds } = await mailbox.conversations.messages(id, request);
      return { messages: messages.map(home.conversationView.message), ...bounds };
    },
    async sent(options) {
      const { home, mailbox } = open();
      const messages = await mailbox.conversations.sent(options);
      return messages.map((message) => ({ ...home.conversationView.sent(message), seq: message.seq }));
    },
    send: async (conversationId, said, options) =>
      await sendToConversation(
        { ...open(), keySpace },
        { ...options, ...(typeof said === 'string' ? { text: said } : said), conversationId },
      ),
    markRead: async (conversationId, { signal } = {}) => await markRead(open(), { conversationId, signal }),
  };
}

function unlessUnknown(error: unknown): null {
  if (isBaseError(error) && error.code === 'CONVERSATION_NOT_FOUND') return null;
  throw error;
}
