import { type Boundary, type BoundaryMode, renderLine } from '@xmtp-messaging/inbound-guard';
import type { ConversationSummary, HistoryMessage, OutboundMessage } from '@xmtp-messaging/xmtp-core';
import type { AgentMessage, MessageView } from '../inbound/create-message-view.ts';
import { describePerson, type Person, type PersonFacts } from '../inbound/describe-person.ts';
import { keyOfCaller } from '../outbound/key-prefixes.ts';

/** A conversation as the agent sees it. */
export interface AgentConversation {
  id: string;
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
  /** Whether this agent is still in it. */
  member: boolean;
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
  id: string;
  conversationId: string;
  conversationType: 'dm' | 'group';
  direction: 'out';
  from: { address: string; inboxId: string; sender: 'self' };
  contentType: string;
  /** ISO 8601. */
  sentAt: string;
  replyTo: string | null;
  /** `sending`: the network has not accepted it yet. `failed`: it never will. */
  deliveryState: 'sending' | 'sent' | 'failed';
  /** By which its caller asked; `null` for automatic replies, for other clients of this inbox, and after seven days. */
  idempotencyKey: string | null;
  /** The wrapped block; `null` when the content has no text. */
  text: string | null;
  boundary: { id: string; mode: BoundaryMode } | null;
}

/** A message of a conversation, heard or sent. */
export type ConversationMessage = AgentMessage | SentMessageView;

/** How conversations are shown to the agent. */
export interface ConversationView {
  summary: (conversation: ConversationSummary) => AgentConversation;
  message: (message: HistoryMessage) => ConversationMessage;
}

export function createConversationView(
  options: PersonFacts & {
    /** EIP-55, of this agent. */
    address: string;
    boundary: Boundary;
    boundaryMode: BoundaryMode;
    modelTokens: readonly string[];
    mayBeHeard: (address: string) => boolean;
    view: MessageView;
  },
): ConversationView {
  const { address, boundary, boundaryMode, modelTokens, mayBeHeard, view } = options;

  const showSent = (message: OutboundMessage): SentMessageView => {
    const facts = { senderAddress: address, sender: 'self', receivedAt: message.sentAt } as const;
    const wrapped = boundary.wrap({ ...message, ...facts });
    return {
      id: message.messageId,
      conversationId: message.conversationId,
      conversationType: message.conversationType,
      direction: 'out',
      from: { address, inboxId: message.senderInboxId, sender: 'self' },
      contentType: message.contentType,
      sentAt: new Date(message.sentAt).toISOString(),
      replyTo: message.replyTo,
      deliveryState: message.deliveryState,
      idempotencyKey: keyOfCaller(message.idempotencyKey),
      text: wrapped?.text ?? null,
      boundary: wrapped === null ? null : { id: wrapped.id, mode: boundaryMode },
    };
  };

  return {
    summary({ title, peers, isHeard, isMember, createdAt, lastActivityAt, ...conversation }) {
      return {
        ...conversation,
        title: title === null || !isHeard ? null : renderLine(title, { modelTokens }) || null,
        peers: peers.map((peer) => ({
          ...describePerson(peer, options).person,
          heard: peer.addresses.some(mayBeHeard),
        })),
        heard: isHeard,
        member: isMember,
        createdAt: new Date(createdAt).toISOString(),
        lastActivityAt: new Date(lastActivityAt).toISOString(),
      };
    },
    message: (message) => (message.direction === 'in' ? view(message) : showSent(message)),
  };
}
