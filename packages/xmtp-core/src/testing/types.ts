import type { StoredContent } from '../sdk/conversation.ts';
import type { Address, InboundMessage, Mailbox, MailboxOptions, SendRequest, SendResult } from '../types.ts';
import type { MailboxStatus } from '../health/status-types.ts';

/** Options of `openMailbox` that mean the same here. */
type SharedOptions =
  | 'admit'
  | 'isAllowed'
  | 'isExpected'
  | 'historicalAfterMs'
  | 'sendDeadlineMs'
  | 'maxQueuedSends'
  | 'onEvent'
  | 'now'
  | 'random';

/** What a test may choose. Without `admit` everybody is heard. */
export interface TestMailboxOptions extends Partial<{ [K in SharedOptions]: MailboxOptions[K] | undefined }> {
  /** Whose mailbox it is. @default 0x000000000000000000000000000000000000a9e7 */
  address?: Address | undefined;
  /** Who writes when a message does not say so. @default 0x00000000000000000000000000000000000a11ce */
  sender?: Address | undefined;
  /** Addresses that are not on XMTP: writing to them is RECIPIENT_NOT_FOUND. @default none */
  absent?: readonly Address[] | undefined;
}

/** A message that comes in. */
export interface TestMessage {
  /** @default 'message 1', 'message 2', … */
  text?: string | undefined;
  /** Ethereum addresses of its sender, all of one inbox. @default the option `sender` */
  from?: Address | readonly Address[] | undefined;
  /** Any name of a group: messages with the same name are in the same group. @default the direct message with its sender */
  group?: string | undefined;
  /** `authority/type:major.minor`; its content is the text. @default 'xmtp.org/text:1.0', or a reply to `replyTo` */
  contentType?: string | undefined;
  /** Content that is encoded already, in place of `text`, `contentType` and `replyTo`. */
  content?: StoredContent | undefined;
  /** Id of the message that this one answers. */
  replyTo?: string | undefined;
  /**
   * By the network's clock, milliseconds since the epoch; not before the message ahead of it in its conversation.
   * @default the option `now`
   */
  sentAt?: number | undefined;
  /** 64 hex digits. @default made up */
  messageId?: string | undefined;
}

/** A message that the mailbox has sent and the network has taken. */
export interface TakenMessage {
  /** 64 hexadecimal digits. */
  messageId: string;
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** Addresses of the other members. */
  to: readonly Address[];
  /** Its words; of what is no text, its bytes read as UTF-8. */
  text: string;
  /** The name of its type, for example `text`, `reply`, `reaction`. */
  contentType: string;
  /** Id of the message that it answers; `null` when it is no reply. */
  replyTo: string | null;
  /** As it travels. */
  content: StoredContent;
}

/** A mailbox whose network and files are in memory; its journal, inbox, outbox and status are those of `openMailbox`. */
export interface TestMailbox extends Mailbox {
  /** Lets a message arrive. Resolves when it is accepted. @throws Error when it is not: see `post` */
  receive(message?: TestMessage): Promise<InboundMessage>;
  /** Lets a message arrive that may be dropped or wait. Resolves with its id when the mailbox has looked at it. */
  post(message?: TestMessage): Promise<string>;
  /** What `send` was asked, oldest first, whatever came of it. */
  readonly sends: readonly SendRequest[];
  /** What has reached the network, oldest first. */
  readonly taken: readonly TakenMessage[];
  /** `writes`: nothing is taken, so that sends become `unknown`. `all`: nothing is answered at all. `none`: as it was. */
  breakNetwork(what: 'writes' | 'all' | 'none'): void;
  /** Answers sends from now on in place of the mailbox, for what a network cannot be made to do; `null`: no more. */
  answerSends(answer: ((request: SendRequest) => Promise<SendResult>) | null): void;
  /** Shows these parts of the status in place of the true ones from now on. */
  showStatus(part: Partial<MailboxStatus>): void;
  /** Who subscribes to the inbox at the moment. */
  readonly subscribers: number;
}
