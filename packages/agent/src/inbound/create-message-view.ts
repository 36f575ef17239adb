import { type Optional, withDefaults } from '@xmtp-messaging/errors';
import {
  type Boundary,
  type BoundaryMode,
  type GuardFinding,
  textLimits,
  type TextLimits,
  type WrappedMessage,
} from '@xmtp-messaging/inbound-guard';
import type { DeliveryState, HistoryMessage, InboundMessage } from '@xmtp-messaging/xmtp-core';
import type { MessageContent } from '@xmtp-messaging/xmtp-core/content';
import { describeMessage } from './describe-message.ts';
import { showData } from './show-data.ts';
import { isGroupChange, nameInChange } from './describe-change.ts';
import { describeAudience, type MemberFacts, type ShownAudience } from './describe-member.ts';
import { describePerson, type Person } from './describe-person.ts';
import type { TellFindings } from './create-tell-findings.ts';

/** A message as the agent sees it. The sender's words appear in `text` alone, inside the boundary. */
export interface AgentMessage {
  /** Position in the journal: the cursor of `mailbox.inbox.list`. */
  seq: number;
  /** The same on every delivery. */
  id: string;
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** `dm` for a direct message. */
  conversationType: 'dm' | 'group';
  /** Others wrote it; what the agent wrote itself is a `SentMessageView`. */
  direction: 'in';
  /** Who wrote it; `unknown`: heard in open mode, and on no list then. */
  from: Person & { sender: 'allowlisted' | 'unknown' };
  /**
   * Who reads along, now and not when it was written; `null` in a direct message, and where it is not known. For programs: the block
   * says only how many are listed.
   */
  group: ShownAudience | null;
  /** Short name of the content type; its full id when it has none. */
  type: string;
  /** `authority/type:major.minor`. */
  contentType: string;
  /**
   * What it says, as data, for programs. Every string in it is the sender's: shown by the rules for text. Words are cut like it, all
   * else is whole or left out. `null` when it cannot be read, is gone, or is too much (`truncated`).
   */
  content: MessageContent | null;
  /** What the sender wrote for readers that do not know the type; by the same rules. */
  fallback: string | null;
  /** Why there is nothing left to read: it was taken back, or disappeared in its time. */
  gone: 'deleted' | 'expired' | null;
  /** When it disappears; `null` when it stays. */
  expiresAt: string | null;
  /** Whether `text` or `content` leave something out. */
  truncated: boolean;
  /** ISO 8601. */
  sentAt: string;
  /** When this agent's mailbox accepted it, ISO 8601. */
  receivedAt: string;
  /** It waited so long that an answer may come too late. */
  historical: boolean;
  /** It was sent before its sender was admitted. */
  knock: boolean;
  /** Id of the message that it answers, as its sender says; `null` when it is no reply. */
  replyTo: string | null;
  /** `recorded`: it is listed, and starts no delivery. */
  state: DeliveryState;
  /** Failed deliveries since it was accepted or replayed. */
  attempts: number;
  /** Why the last one failed or was put off; `null` for none. */
  lastError: string | null;
  /** The wrapped block: its words, or the facts of what is no text; `null` when it is withheld. */
  text: string | null;
  /** Why a text that was heard is not shown: its sender is denied by now. Absent when it is shown. */
  withheld?: 'denied' | undefined;
  /** Of the block in `text`; `null` when that is withheld. */
  boundary: { id: string; mode: BoundaryMode } | null;
  /** What the guard noticed in the text, by kind. None is proof of anything. */
  findings: GuardFinding[];
  /** For gating tools: words of this origin carry no authority. */
  taint: { source: 'xmtp'; sender: 'allowlisted' | 'unknown'; authority: 'none'; messageId: string };
}

/** What the view needs. */
export interface MessageViewOptions extends MemberFacts {
  boundary: Boundary;
  boundaryMode: BoundaryMode;
  /** As the boundary has it. @default 16 KiB, 512 lines */
  limits?: Optional<TextLimits> | undefined;
  /** As the boundary has it. @default [] */
  modelTokens?: readonly string[] | undefined;
  /** How the whole of a message that was cut can be read. @default not said */
  wholeAt?: ((messageId: string) => string) | undefined;
  /** Told of each rendering. @default nobody */
  tellFindings?: TellFindings | undefined;
}

/** Shows a heard message to the agent. */
export type MessageView = (message: InboundMessage) => AgentMessage;

/** Puts any text into the block of a message; `null` when its words are withheld. */
export type WrapText = (message: InboundMessage, text: string) => WrappedMessage | null;

/** Every way to the agent goes through this: no representation of a message has text outside the boundary. */
export function createMessageView(options: MessageViewOptions): {
  view: MessageView;
  wrap: WrapText;
  /** The same message, with what is known of the people whom it names. */
  withNames: <Message extends HistoryMessage | InboundMessage>(message: Message) => Message;
  /** Whether nothing of it may be shown. */
  isWithheld: (message: Pick<InboundMessage, 'senderAddresses'>) => boolean;
} {
  const { boundary, boundaryMode, isDenied, tellFindings, modelTokens = [] } = options;
  const { maxBytes } = withDefaults(textLimits, options.limits);
  const senderOf = ({ senderInboxId: inboxId, senderAddresses: addresses }: InboundMessage) =>
    describePerson({ inboxId, addresses }, options);
  const isWithheld = (message: Pick<InboundMessage, 'senderAddresses'>) => message.senderAddresses.some(isDenied);
  const fence = (message: InboundMessage, text: string): WrappedMessage => {
    const { address, name } = senderOf(message);
    const whole = options.wholeAt?.(message.messageId);
    const audience = describeAudience(message, options);
    const facts = { text, senderAddress: address ?? undefined, senderName: name, whole, audience };
    return boundary.wrap({ ...message, ...facts });
  };
  const withNames = <Message extends HistoryMessage | InboundMessage>(message: Message): Message =>
    'named' in message && isGroupChange(message.content)
      ? { ...message, content: nameInChange(message.content, message, options) }
      : message;
  const wrap: WrapText = (message, text) => (isWithheld(message) ? null : fence(message, text));
  const view = (raw: InboundMessage): AgentMessage => {
    const message = withNames(raw);
    const { person } = senderOf(message);
    const withheld = isWithheld(message);
    // Twice as much as may be shown is looked at.
    const wrapped = withheld ? null : fence(message, describeMessage(message, 2 * maxBytes));
    const { type } = message;
    const said = withheld ? { type, content: null, fallback: null } : message;
    const shown = showData(said, { maxBytes, modelTokens });
    if (wrapped !== null) tellFindings?.(message, wrapped.report);
    return {
      seq: message.seq,
      id: message.messageId,
      conversationId: message.conversationId,
      conversationType: message.conversationType,
      direction: 'in',
      from: { ...person, sender: message.sender },
      group: describeAudience(message, options),
      type: message.type,
      contentType: message.contentType,
      content: shown.content,
      fallback: shown.fallback,
      gone: message.gone,
      expiresAt: message.expiresAt === null ? null : new Date(message.expiresAt).toISOString(),
      truncated: shown.truncated || wrapped?.report.truncated === true,
      sentAt: new Date(message.sentAt).toISOString(),
      receivedAt: new Date(message.receivedAt).toISOString(),
      historical: message.historical,
      knock: message.knock,
      replyTo: message.replyTo,
      state: message.state,
      attempts: message.attempts,
      lastError: message.lastError,
      text: wrapped?.text ?? null,
      ...(withheld && { withheld: 'denied' as const }),
      boundary: wrapped === null ? null : { id: wrapped.id, mode: boundaryMode },
      findings: [...(wrapped?.report.findings ?? [])],
      taint: { source: 'xmtp', sender: message.sender, authority: 'none', messageId: message.messageId },
    };
  };
  return { view, wrap, withNames, isWithheld };
}
