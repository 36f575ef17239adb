import { type Optional, withDefaults } from '@xmtp-messaging/errors';
import {
  type Boundary,
  type BoundaryMode,
  renderLine,
  textLimits,
  type TextLimits,
  type WrappedMessage,
} from '@xmtp-messaging/inbound-guard';
import type { ConversationSummary, HistoryMessage, OutboundMessage } from '@xmtp-messaging/xmtp-core';
import type { MessageContent } from '@xmtp-messaging/xmtp-core/content';
import { describeMessage } from '../inbound/describe-message.ts';
import { showData } from '../inbound/show-data.ts';
import type { AgentMessage, MessageView, WrapText } from '../inbound/create-message-view.ts';
import { isListedInbox, type MemberFacts } from '../inbound/describe-member.ts';
import { describePerson, type Person } from '../inbound/describe-person.ts';
import { keyOfCaller } from '../outbound/key-prefixes.ts';

/** A conversation as the agent sees it. */
export interface AgentConversation {
  /** 32 hexadecimal digits. */
  id: string;
  /** `dm`: two inboxes, for good. */
  type: 'dm' | 'group';
  /** The title of a group in which anybody may be heard, cleaned by the guard; else `null`. Strangers may have chosen it. */
  title: string | null;
  /** The others, at most 50 of them. */
  peers: (Person & {
    /** Whether what this one writes may be heard. */
    heard: boolean;
  })[];
  /** Members, this agent among them. */
  members: number;
  /** Whether anybody else in it may be heard now. */
  heard: boolean;
  /** Whether anybody else in it is on the allowlist, and not denied. */
  listed: boolean;
  /** Whether this agent is still in it. */
  member: boolean;
  /** XMTP's consent state; `denied`: nothing is fetched from there. */
  consent: 'unknown' | 'allowed' | 'denied';
  /** Messages heard that were not marked read since they came. Delivery and acknowledgement change nothing. */
  unread: number;
  /** Messages heard that are not delivered yet. */
  pending: number;
  /** ISO 8601. */
  createdAt: string;
  /** When something was last heard or sent there, else when it was made. */
  lastActivityAt: string;
}

/** A message of the agent's own inbox. Its words stand inside the boundary, too: they may quote anybody's. */
export interface SentMessageView {
  /** Its position among what was sent: the cursor of `conversations.sent`; `null` for what another client of this inbox sent. */
  seq: number | null;
  /** 64 hexadecimal digits. */
  id: string;
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** `dm` for a direct message. */
  conversationType: 'dm' | 'group';
  direction: 'out';
  /** This agent; `address` in EIP-55. */
  from: { address: string; inboxId: string; sender: 'self' };
  /** Short name of the content type; its full id when it has none. */
  type: string;
  /** `authority/type:major.minor`. */
  contentType: string;
  /** What it says, as data, by the rules for what others say: it may quote them. `null` when it cannot be read, or is gone. */
  content: MessageContent | null;
  /** What was written for readers that do not know the type; `null` for none. */
  fallback: string | null;
  /** Why there is nothing left to read: it was taken back, or disappeared in its time. */
  gone: 'deleted' | 'expired' | null;
  /** Whether `text` or `content` leave something out. */
  truncated: boolean;
  /** ISO 8601. */
  sentAt: string;
  /** When it disappears; `null` when it stays. */
  expiresAt: string | null;
  /** Id of the message that it answers; `null` when it is no reply. */
  replyTo: string | null;
  /** `sending`: the network has not accepted it yet. `failed`: it never will. */
  deliveryState: 'sending' | 'sent' | 'failed' | 'unknown';
  /** By which its caller asked; `null` for automatic replies, for other clients of this inbox, and after seven days. */
  idempotencyKey: string | null;
  /** The wrapped block: its words, or the facts of what is no text. */
  text: string;
  /** Of the block in `text`. */
  boundary: { id: string; mode: BoundaryMode };
}

/** A message of a conversation, heard or sent. */
export type ConversationMessage = AgentMessage | SentMessageView;

/** How conversations are shown to the agent. */
export interface ConversationView {
  /** Shows one conversation. */
  summary: (conversation: ConversationSummary) => AgentConversation;
  /** Shows a message of one, whoever wrote it. */
  message: (message: HistoryMessage) => ConversationMessage;
  /** Shows what this inbox wrote. */
  sent: (message: OutboundMessage) => SentMessageView;
  /** Puts any text into the block of a message; `null` when its words are withheld. */
  wrap: (message: HistoryMessage, text: string) => WrappedMessage | null;
}

export function createConversationView(
  options: MemberFacts & {
    boundary: Boundary;
    boundaryMode: BoundaryMode;
    modelTokens: readonly string[];
    /** As the boundary has it. @default 16 KiB, 512 lines */
    limits?: Optional<TextLimits> | undefined;
    mayBeHeard: (address: string) => boolean;
    /** How the whole of a message that was cut can be read. @default not said */
    wholeAt?: ((messageId: string) => string) | undefined;
    view: MessageView;
    wrap: WrapText;
  },
): ConversationView {
  const { address, boundary, boundaryMode, modelTokens, mayBeHeard, view } = options;
  const { maxBytes } = withDefaults(textLimits, options.limits);

  const wrapSent = (message: OutboundMessage, text: string): WrappedMessage => {
    const facts = { senderAddress: address, sender: 'self', receivedAt: message.sentAt } as const;
    return boundary.wrap({ ...message, ...facts, text, whole: options.wholeAt?.(message.messageId) });
  };
  const showSent = (message: OutboundMessage): SentMessageView => {
    const wrapped = wrapSent(message, describeMessage(message, 2 * maxBytes));
    const shown = showData(message, { maxBytes, modelTokens });
    return {
      seq: message.seq,
      id: message.messageId,
      conversationId: message.conversationId,
      conversationType: message.conversationType,
      direction: 'out',
      from: { address, inboxId: message.senderInboxId, sender: 'self' },
      type: message.type,
      contentType: message.contentType,
      content: shown.content,
      fallback: shown.fallback,
      gone: message.gone,
      truncated: shown.truncated || wrapped.report.truncated,
      sentAt: new Date(message.sentAt).toISOString(),
      expiresAt: message.expiresAt === null ? null : new Date(message.expiresAt).toISOString(),
      replyTo: message.replyTo,
      deliveryState: message.deliveryState,
      idempotencyKey: keyOfCaller(message.idempotencyKey),
      text: wrapped.text,
      boundary: { id: wrapped.id, mode: boundaryMode },
    };
  };

  return {
    summary({ title, peers, isHeard, isKnown, isMember, createdAt, lastActivityAt, ...conversation }) {
      return {
        ...conversation,
        title: title === null || !isHeard ? null : renderLine(title, { modelTokens }) || null,
        peers: peers.map((peer) => ({
          ...describePerson(peer, options).person,
          // In a group only those on the list are heard, in open mode too.
          heard:
            conversation.type === 'group' ? isListedInbox(peer.addresses, options) : peer.addresses.some(mayBeHeard),
        })),
        heard: isHeard,
        listed: isKnown,
        member: isMember,
        createdAt: new Date(createdAt).toISOString(),
        lastActivityAt: new Date(lastActivityAt).toISOString(),
      };
    },
    message: (message) => (message.direction === 'in' ? view(message) : showSent(message)),
    sent: showSent,
    wrap: (message, text) => (message.direction === 'in' ? options.wrap(message, text) : wrapSent(message, text)),
  };
}
