import type { InboundMessage } from '../inbox/message-types.ts';
import type { DecodedContent } from '../content/decode-message.ts';
import type { Peer } from './peer.ts';

export type { Peer };

/** Which part of a list is wanted. Bounds are not part of it. */
export interface PageRequest {
  /** Older than this. @default no bound */
  before?: string | undefined;
  /** Newer than this. @default no bound */
  after?: string | undefined;
  /** @default 50, at most 200 */
  limit?: number | undefined;
  /** `desc`: newest first. @default 'desc' */
  order?: 'asc' | 'desc' | undefined;
}

/** Which conversations are wanted. */
export interface ConversationListOptions extends PageRequest {
  /** Those alone in which somebody else is one whom the operator knows (`isExpected`). @default false: all */
  onlyKnown?: boolean | undefined;
}

/** Where a page begins and ends, whatever its order. */
export interface PageBounds {
  /** Give it as `after` for what is newer; `null` for a page of nothing. */
  newest: string | null;
  /** Give it as `before` for what is older. */
  oldest: string | null;
  /** Whether there may be more in the direction of the order. */
  more: boolean;
}

/** A conversation, without what is said there. */
export interface ConversationSummary {
  /** 32 hexadecimal digits. */
  id: string;
  /** `dm`: two inboxes, for good. */
  type: 'dm' | 'group';
  /** As a member wrote it, whoever that was: not to be shown before it was cleaned. `null` for none. */
  title: string | null;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** When something was last heard or sent there, else when it was made; milliseconds since the epoch. */
  lastActivityAt: number;
  /** Messages heard that are not delivered yet. */
  pending: number;
  /** Messages heard, to be delivered, since it was last marked read. */
  unread: number;
  /** XMTP's consent state of the conversation; `denied`: its messages are not fetched. */
  consent: 'unknown' | 'allowed' | 'denied';
  /** Whether anybody else there may be heard now. */
  isHeard: boolean;
  /** Whether anybody else there is one whom the operator knows (`isExpected`). */
  isKnown: boolean;
  /** Whether we are still in it. */
  isMember: boolean;
  /** How many there are, ourselves among them. */
  members: number;
  /** The others, at most 50 of them. */
  peers: readonly Peer[];
}

/** Which of what was sent is wanted, by position. */
export interface SentListOptions {
  /** Behind this position. @default 0 */
  after?: number | undefined;
  /** Ahead of this position. @default no bound */
  before?: number | undefined;
  /** @default 100, at most 1,000 */
  limit?: number | undefined;
  /** `desc`: newest first. @default 'asc' */
  order?: 'asc' | 'desc' | undefined;
  /** @default all */
  conversationId?: string | undefined;
}

/** A message of this inbox, written by this mailbox or by another client of it. */
export interface OutboundMessage extends DecodedContent {
  /** Tells it from a message that was heard. */
  direction: 'out';
  /** Its position among what this mailbox was asked to send; `null` for what another client sent. */
  seq: number | null;
  /** 64 hexadecimal digits. */
  messageId: string;
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** `dm` for a direct message. */
  conversationType: 'dm' | 'group';
  /** That of this mailbox. */
  senderInboxId: string;
  /** `authority/type:major.minor`. */
  contentType: string;
  /** Milliseconds since the epoch. */
  sentAt: number;
  /** When it disappears, milliseconds since the epoch; `null` when it stays. */
  expiresAt: number | null;
  /** `sending`: the network has not accepted it yet. `failed`: it never will. `unknown`: it was on its way when a backup was made, and this home comes from it. */
  deliveryState: 'sending' | 'sent' | 'failed' | 'unknown';
  /** As `send` was given it; `null` for none, for other clients, and once keys are forgotten. */
  idempotencyKey: string | null;
}

/** A message of a conversation. */
export type HistoryMessage = (InboundMessage & { direction: 'in' }) | OutboundMessage;

/** What this mailbox knows of its conversations. Local: nothing here waits for the network. */
export interface Conversations {
  /**
   * Those that are listened to, and those in which something was heard or sent, by what happened last. One in which
   * something happens meanwhile moves to the newest end: `order: 'asc'` meets it again, `desc` finds it `after` its first page.
   * With `onlyKnown` a page may hold less than `limit`, and nothing, and still have more.
   * @throws MailboxError INVALID_REQUEST
   */
  list(request?: ConversationListOptions): Promise<PageBounds & { conversations: ConversationSummary[] }>;
  /** `null` when there is none. For a duplicate of a direct message, the one by which the agent knows it. */
  get(id: string): Promise<ConversationSummary | null>;
  /** Everybody else who reads there, however many they are; `null` when there is no such conversation. */
  others(id: string): Promise<readonly Peer[] | null>;
  /**
   * What was heard and what was said there, by the network's time. Of others only what was admitted is ever shown. `before`
   * and `after` take cursors and ids of messages. A page ends early, with `more`, after a megabyte of text, or when it met
   * thousands of messages that are not shown.
   * @throws MailboxError CONVERSATION_NOT_FOUND, INVALID_REQUEST
   */
  messages(id: string, request?: PageRequest): Promise<PageBounds & { messages: HistoryMessage[] }>;
  /**
   * One that was admitted, or that this inbox wrote; `null` for every other id, whether the database holds it or not. Local, and
   * what is not shown costs no more than what is not there.
   */
  message(messageId: string): Promise<HistoryMessage | null>;
  /**
   * What this mailbox was asked to send, in that order, whatever became of it. A position never changes its message, and none
   * appears ahead of a position that was given out. What was sent by a version that kept no list of it is not here.
   * @throws MailboxError INVALID_REQUEST
   */
  sent(options?: SentListOptions): Promise<(OutboundMessage & { seq: number })[]>;
  /** Position in the journal of the newest message heard there, 0 for none. */
  lastSeq(id: string): number;
  /** What was heard there up to position `seq` is read. Tells nobody. */
  markRead(id: string, seq: number): void;
  /** The hours since then in which something was heard, sent or dropped, oldest first. Some weeks are kept. */
  hours(since: number): HourCount[];
  /** Sends that are neither accepted by the network nor given up, oldest first. @param options.limit default 100 */
  unsettled(options?: { limit?: number | undefined }): UnsettledSend[];
  /** Position of the newest send that this mailbox was asked for, 0 for none. */
  lastSent(): number;
}

/** What happened in one hour. */
export interface HourCount {
  /** When it began, milliseconds since the epoch. */
  at: number;
  /** Messages that were heard. */
  in: number;
  /** Messages that the network accepted. */
  out: number;
  /** Messages that were dropped. */
  dropped: number;
}

/** A send on its way. */
export interface UnsettledSend {
  /** As `sent` numbers it. */
  seq: number;
  /** `null` before it is stored. */
  messageId: string | null;
  /** Where it is to go. */
  conversationId: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
}
