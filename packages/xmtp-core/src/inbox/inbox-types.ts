import type { Delivery, DeliverOptions, DeliveryHandler } from './deliver-types.ts';
import type { AttachmentPart } from '../content/find-attachments.ts';
import type { Address } from '../address.ts';
import type { DeliveryState, InboundMessage, InboundRecord } from './message-types.ts';

export type * from './message-types.ts';

/** Which accepted messages are wanted. All that is given must hold. */
export interface InboundListOptions {
  /** Behind this position. @default 0 */
  after?: number | undefined;
  /** Ahead of this position. @default no bound */
  before?: number | undefined;
  /** @default 100, at most 1,000 */
  limit?: number | undefined;
  /** By position; `desc`: newest first. @default 'asc' */
  order?: 'asc' | 'desc' | undefined;
  /** @default all */
  states?: readonly DeliveryState[] | undefined;
  /** @default those of all conversations */
  conversationId?: string | undefined;
  /** @default both */
  sender?: InboundRecord['sender'] | undefined;
  /** Of one inbox, or of the inboxes that wrote as an address. */
  /** Of one inbox, or of the inboxes that wrote as an address. @default of everybody */
  from?: { inboxId: string } | { address: Address } | undefined;
}

/** Accepted messages and their way to the agent. Reads are local; nothing here waits for the network. */
export interface Inbox {
  /** In journal order. @throws MailboxError INVALID_REQUEST */
  list(options?: InboundListOptions): Promise<InboundMessage[]>;
  /** `null` for an id that was never accepted, or is no longer kept. */
  get(messageId: string): Promise<InboundMessage | null>;
  /** The files of an accepted message, or of one that was sent here, as its sender describes them, nothing of it checked; `null` when the id is unknown. */
  attachments(messageId: string): AttachmentPart[] | null;
  /** What belongs to a message, of heard senders: reactions to it, oldest first. @param options.limit default 100, at most 1,000 */
  attached(messageId: string, options?: { limit?: number | undefined }): Promise<InboundMessage[]>;
  /**
   * Hands what is pending, and whatever comes, to `handler`: each message until it is taken, in order within its
   * conversation, with growing pauses after failures; a message that fails too often becomes a dead letter. `close` of
   * the mailbox breaks it off; `stop` of what is returned lets it finish.
   * @throws MailboxError INVALID_REQUEST: deliveries are running already. CLOSED
   */
  deliver(handler: DeliveryHandler, options?: DeliverOptions): Delivery;
  /** The oldest pending message of each conversation whose attempt is due: what may be delivered now, in order. `limit`: default 100, at most 1,000. */
  due(options?: { limit?: number | undefined }): Promise<InboundMessage[]>;
  /** When `due` will next have something, milliseconds since the epoch; `null` if nothing is pending. */
  nextDueAt(): number | null;
  /** Marks as delivered. Repeating it changes nothing. `false` when the id is unknown. */
  ack(messageId: string): boolean;
  /** Records a failed attempt; the message stays pending until `retryAt`, and `error` becomes its `lastError`. `false` when it is not pending. */
  retryLater(messageId: string, options: { error: string; retryAt: number }): boolean;
  /** Makes the message wait until `until` without counting an attempt; `reason` becomes its `lastError`. */
  postpone(messageId: string, options: { reason: string; until: number }): boolean;
  /** Makes due now what waits for a later attempt; attempts stay. Returns how many messages that were. */
  wakeAll(): number;
  /** Gives up: `dead` until replayed or discarded. */
  bury(messageId: string, error: string): boolean;
  /** `dead` to `pending`, attempts from zero. */
  replay(messageId: string): boolean;
  /** The same for the oldest dead letters. Returns how many. @param options.limit default 1,000, which is the most */
  replayAll(options?: { limit?: number | undefined }): number;
  /** `dead` to `discarded`. */
  discard(messageId: string): boolean;
  /** The newest `seq`, 0 when nothing was ever accepted. */
  lastSeq(): number;
  /** Calls back when something was accepted or replayed. Returns the unsubscribe function. */
  subscribe(listener: (record: InboundRecord) => void): () => void;
  /**
   * Who was dropped: one row for each sender and reason, those whom the operator knows first, the newest of each kind; bounded,
   * without text, and what strangers fill it with is forgotten before what others do. `limit`: default 100, at most 1,000.
   */
  dropped(options?: { limit?: number | undefined }): DroppedSender[];
  /** The same, page by page. @throws MailboxError INVALID_REQUEST */
  droppedPage(options?: DroppedListOptions): { dropped: DroppedSender[]; next: string | null };
  /**
   * Strangers who wrote, and groups in which nobody may be heard, without text: groups of people whom the operator knows first, then
   * the newest; of a stranger one line for all of his groups.
   * @throws MailboxError INVALID_REQUEST
   */
  knocks(options?: KnockListOptions): Promise<KnockPage>;
}

/** Which knocks are wanted. */
export interface KnockListOptions {
  /** @default 100, at most 1,000 */
  limit?: number | undefined;
  /** `next` of the page before. @default from the first */
  after?: string | undefined;
  /** Of one inbox: what it wrote, and each group that it put us into. @default of all */
  from?: string | undefined;
}

/** Some knocks, and where the next page starts; `null` after the last. */
export interface KnockPage {
  /** At most `limit`. */
  knocks: Knock[];
  /** Give it as `after`; `null` after the last. */
  next: string | null;
  /** Strangers who wrote, and groups that are denied, all together. */
  total: { senders: number; groups: number };
}

/** Which of the dropped are wanted. */
export interface DroppedListOptions {
  /** @default 100, at most 1,000 */
  limit?: number | undefined;
  /** `next` of the page before. @default from the first */
  after?: string | undefined;
  /** @default both */
  whose?: 'known' | 'stranger' | undefined;
}

/** A sender of whom something was dropped. */
export interface DroppedSender {
  /** 64 hexadecimal digits. */
  senderInboxId: string;
  /** Lower case; for somebody whom nobody may hear as he claims them. */
  senderAddresses: readonly Address[];
  /** The one that `admit` gave, or the mailbox's own. */
  reason: string;
  /** Where it was, the last time. */
  conversationType: 'dm' | 'group';
  /** Whether nobody of that inbox is one whom the operator knows (`isExpected`). */
  isStranger: boolean;
  /** Messages that were seen and dropped. */
  count: number;
  /** The conversation was denied then: more may have been sent, which was never fetched. */
  atLeast: boolean;
  /** When the first was dropped, milliseconds since the epoch. */
  firstAt: number;
  /** When the last was dropped, milliseconds since the epoch. */
  lastAt: number;
}

/** Somebody who is not heard, or a group in which nobody is. What was said is not known here. */
export interface Knock {
  /** `message`: somebody wrote; `invitation`: a group that is not listened to. */
  kind: 'message' | 'invitation';
  /** Who wrote, or who put us into the group; `null` when that is not known. */
  senderInboxId: string | null;
  /** Of the sender; of a group of the others in it, as far as is known without asking. At most 250. */
  addresses: readonly Address[];
  /** Of a group: the addresses of who put us into it. */
  invitedBy: readonly Address[];
  /** Whether that is one whom the operator knows (`isExpected`). */
  isKnown: boolean;
  /** Groups of the same inviter that this line stands for, itself among them; 0 for a sender. */
  groups: number;
  /** Of the group, the newest of them; `null` for a sender. */
  conversationId: string | null;
  /** Why, in the case of a sender as of the last time. */
  reason: string;
  /** Messages that were seen; 0 for a group. */
  count: number;
  /** There may be more that were never fetched. */
  atLeast: boolean;
  /** Milliseconds since the epoch; 0 when it is not known. */
  firstAt: number;
  /** The same of the last message. */
  lastAt: number;
}
