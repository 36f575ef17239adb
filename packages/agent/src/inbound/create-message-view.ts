import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import type { Boundary, BoundaryMode, GuardFinding } from '@xmtp-messaging/inbound-guard';
import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import type { TellFindings } from './create-tell-findings.ts';

/** What the allowlist says beside an address. */
export interface SenderName {
  name: string;
  /** The last look-up of this agent was `verified`, and led to this address. */
  verified: boolean;
  /** Free words of the operator, which nobody can look up. */
  isLabel: boolean;
}

/** A message as the agent sees it. The sender's words appear in `text` alone, inside the boundary. */
export interface AgentMessage {
  /** Position in the journal: the cursor of `mailbox.inbox.list`. */
  seq: number;
  /** The same on every delivery. */
  id: string;
  conversationId: string;
  conversationType: 'dm' | 'group';
  from: {
    /** The listed address, which admitted the sender, else the first one of the inbox; EIP-55. */
    address: string | null;
    /** All of the inbox: the owner of each can write as this sender. */
    addresses: string[];
    inboxId: string;
    name: string | null;
    /** `label`: free words of the operator. Absent without a name. */
    nameKind?: 'name' | 'label';
    nameVerified: boolean;
    sender: 'allowlisted' | 'unknown';
  };
  contentType: string;
  /** ISO 8601. */
  sentAt: string;
  receivedAt: string;
  /** It waited so long that an answer may come too late. */
  historical: boolean;
  replyTo: string | null;
  state: 'pending' | 'delivered' | 'dead' | 'discarded';
  attempts: number;
  lastError: string | null;
  /** The wrapped block; `null` when the content has no text. */
  text: string | null;
  boundary: { id: string; mode: BoundaryMode } | null;
  /** What the guard noticed in the text, by kind. None is proof of anything. */
  findings: GuardFinding[];
  /** For gating tools: words of this origin carry no authority. */
  taint: { source: 'xmtp'; sender: 'allowlisted' | 'unknown'; authority: 'none'; messageId: string };
}

/** What the view needs. */
export interface MessageViewOptions {
  boundary: Boundary;
  boundaryMode: BoundaryMode;
  isListed: (address: string) => boolean;
  nameOf: (address: string) => SenderName | null;
  /** Told of each rendering. @default nobody */
  tellFindings?: TellFindings | undefined;
}

export type MessageView = (message: InboundMessage) => AgentMessage;

/** Every way to the agent goes through this: no representation of a message has text outside the boundary. */
export function createMessageView(options: MessageViewOptions): MessageView {
  const { boundary, boundaryMode, isListed, nameOf, tellFindings } = options;
  return (message) => {
    const listed = message.senderAddresses.filter(isListed);
    const address = listed.find((each) => nameOf(each) !== null) ?? listed[0] ?? message.senderAddresses[0] ?? null;
    const name = address === null ? null : nameOf(address);
    const wrapped = boundary.wrap({ ...message, senderAddress: address ?? undefined, senderName: name });
    if (wrapped !== null) tellFindings?.(message, wrapped.report);
    return {
      seq: message.seq,
      id: message.messageId,
      conversationId: message.conversationId,
      conversationType: message.conversationType,
      from: {
        address: address === null ? null : toChecksumAddress(address),
        addresses: message.senderAddresses.map((each) => toChecksumAddress(each)),
        inboxId: message.senderInboxId,
        name: name?.name ?? null,
        ...(name !== null && { nameKind: name.isLabel ? ('label' as const) : ('name' as const) }),
        nameVerified: name?.verified ?? false,
        sender: message.sender,
      },
      contentType: message.contentType,
      sentAt: new Date(message.sentAt).toISOString(),
      receivedAt: new Date(message.receivedAt).toISOString(),
      historical: message.historical,
      replyTo: message.replyTo,
      state: message.state,
      attempts: message.attempts,
      lastError: message.lastError,
      text: wrapped?.text ?? null,
      boundary: wrapped === null ? null : { id: wrapped.id, mode: boundaryMode },
      findings: [...(wrapped?.report.findings ?? [])],
      taint: { source: 'xmtp', sender: message.sender, authority: 'none', messageId: message.messageId },
    };
  };
}
