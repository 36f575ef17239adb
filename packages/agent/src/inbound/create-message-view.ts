import type { Boundary, BoundaryMode, GuardFinding } from '@xmtp-messaging/inbound-guard';
import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import { describePerson, type Person, type PersonFacts } from './describe-person.ts';
import type { TellFindings } from './create-tell-findings.ts';

/** A message as the agent sees it. The sender's words appear in `text` alone, inside the boundary. */
export interface AgentMessage {
  /** Position in the journal: the cursor of `mailbox.inbox.list`. */
  seq: number;
  /** The same on every delivery. */
  id: string;
  conversationId: string;
  conversationType: 'dm' | 'group';
  /** Others wrote it; what the agent wrote itself is a `SentMessageView`. */
  direction: 'in';
  from: Person & { sender: 'allowlisted' | 'unknown' };
  contentType: string;
  /** ISO 8601. */
  sentAt: string;
  receivedAt: string;
  /** It waited so long that an answer may come too late. */
  historical: boolean;
  /** It was sent before its sender was admitted. */
  knock: boolean;
  replyTo: string | null;
  state: 'pending' | 'delivered' | 'dead' | 'discarded';
  attempts: number;
  lastError: string | null;
  /** The wrapped block; `null` when the content has no text, or it is withheld. */
  text: string | null;
  /** Why a text that was heard is not shown: its sender is denied by now. Absent when it is shown. */
  withheld?: 'denied';
  boundary: { id: string; mode: BoundaryMode } | null;
  /** What the guard noticed in the text, by kind. None is proof of anything. */
  findings: GuardFinding[];
  /** For gating tools: words of this origin carry no authority. */
  taint: { source: 'xmtp'; sender: 'allowlisted' | 'unknown'; authority: 'none'; messageId: string };
}

/** What the view needs. */
export interface MessageViewOptions extends PersonFacts {
  boundary: Boundary;
  boundaryMode: BoundaryMode;
  /** Whether the operator denies an address by now: nothing that it said is shown any more, heard or not. */
  isDenied: (address: string) => boolean;
  /** Told of each rendering. @default nobody */
  tellFindings?: TellFindings | undefined;
}

export type MessageView = (message: InboundMessage) => AgentMessage;

/** Every way to the agent goes through this: no representation of a message has text outside the boundary. */
export function createMessageView(options: MessageViewOptions): MessageView {
  const { boundary, boundaryMode, isDenied, tellFindings } = options;
  return (message) => {
    const { senderInboxId: inboxId, senderAddresses: addresses } = message;
    const { person, address, name } = describePerson({ inboxId, addresses }, options);
    const isWithheld = addresses.some(isDenied);
    const text = isWithheld ? null : message.text;
    const wrapped = boundary.wrap({ ...message, text, senderAddress: address ?? undefined, senderName: name });
    if (wrapped !== null) tellFindings?.(message, wrapped.report);
    return {
      seq: message.seq,
      id: message.messageId,
      conversationId: message.conversationId,
      conversationType: message.conversationType,
      direction: 'in',
      from: { ...person, sender: message.sender },
      contentType: message.contentType,
      sentAt: new Date(message.sentAt).toISOString(),
      receivedAt: new Date(message.receivedAt).toISOString(),
      historical: message.historical,
      knock: message.knock,
      replyTo: message.replyTo,
      state: message.state,
      attempts: message.attempts,
      lastError: message.lastError,
      text: wrapped?.text ?? null,
      ...(isWithheld && { withheld: 'denied' as const }),
      boundary: wrapped === null ? null : { id: wrapped.id, mode: boundaryMode },
      findings: [...(wrapped?.report.findings ?? [])],
      taint: { source: 'xmtp', sender: message.sender, authority: 'none', messageId: message.messageId },
    };
  };
}
