import type { Client, ContentCodec } from './sdk/public-types.ts';
import type { Governor } from './governor/types.ts';
import type { Delivery, DeliverOptions, DeliveryHandler } from './inbox/deliver-types.ts';
import type { MailboxStatus } from './health/status-types.ts';

/** An Ethereum address, `0x` and 40 hex digits. Inside this package always lower case. */
export type Address = `0x${string}`;

/** Signs for an externally owned account. `@xmtp-messaging/ows-signer` and the SDK's own signers fit. */
export interface MailboxSigner {
  readonly type: 'EOA';
  getIdentifier(): Identifier | Promise<Identifier>;
  /** EIP-191 signature of `message`: 65 bytes, r, s, v. */
  signMessage(message: string): Uint8Array | Promise<Uint8Array>;
}

/** An account as XMTP names it. */
export interface Identifier {
  /** Lower-case address. */
  identifier: string;
  /** `0`: Ethereum. */
  identifierKind: number;
}

/** Which network the mailbox lives on. One home belongs to one network. */
export interface MailboxNetwork {
  env: 'local' | 'dev' | 'production';
  /** Overrides the address of the node that `env` implies. */
  apiUrl?: string | undefined;
  /** Gateway of the decentralised network; reads and writes then go through it. */
  gatewayHost?: string | undefined;
  /** Told to the network, as `name/version`. */
  appVersion?: string | undefined;
}

/** What is known of a message before its content is looked at. */
export interface Envelope {
  messageId: string;
  conversationId: string;
  conversationType: 'dm' | 'group';
  senderInboxId: string;
  /**
   * The sender's Ethereum addresses, lower case, each of which maps back to `senderInboxId`; when `isAllowed` holds for none of
   * them, at most 16 as the sender claims them. A message is never accepted for a claim: `admit` is asked again first.
   */
  senderAddresses: readonly Address[];
  /** `authority/type:major.minor`, for example `xmtp.org/text:1.0`. */
  contentType: string;
  /** Size of the encoded content in bytes, inflated; measured when it is asked for. 1,000,001 for all that is larger. */
  readonly contentBytes: number;
  /** When the network stamped it, milliseconds since the epoch. */
  sentAt: number;
}

/**
 * Whether a message is heard. A drop is silent; `reason` is for the operator. `undecided`: neither, for now, because
 * something that the decision needs cannot be read. The message waits, is shown in the status by its reason, and `admit` is asked
 * again with each reconcile and on `reconsider`.
 */
export type Verdict =
  | { admit: true; sender: 'allowlisted' | 'unknown' }
  | { admit: false; reason: string; undecided?: boolean | undefined };

/** Decides before content is decoded. Throwing drops the message with reason `admission-failed`. */
export type Admit = (envelope: Envelope) => Verdict | Promise<Verdict>;

/** Where an accepted message stands on its way to the agent. */
export type DeliveryState = 'pending' | 'delivered' | 'dead' | 'discarded';

/** An accepted message, without its content. */
export interface InboundRecord extends Envelope {
  /** Position in the journal: unique, ascending, never reused. The cursor of `list`. */
  seq: number;
  sender: 'allowlisted' | 'unknown';
  receivedAt: number;
  /** It waited longer than `historicalAfterMs` before this mailbox saw it. */
  historical: boolean;
  state: DeliveryState;
  attempts: number;
  /** Earliest time of the next delivery attempt; `null` when there is none to come. */
  nextAttemptAt: number | null;
  lastError: string | null;
}

/** An accepted message with its content, decoded when asked for. */
export interface InboundMessage extends InboundRecord {
  /** The text; `null` when the content type carries none or cannot be decoded. */
  text: string | null;
  /** The message that this one answers; `null` when it answers none. */
  replyTo: string | null;
}

/** Accepted messages and their way to the agent. Reads are local; nothing here waits for the network. */
export interface Inbox {
  /** In journal order. @param options.after default 0 @param options.limit default 100, at most 1,000 */
  list(options?: {
    after?: number | undefined;
    limit?: number | undefined;
    states?: readonly DeliveryState[] | undefined;
  }): Promise<InboundMessage[]>;
  get(messageId: string): Promise<InboundMessage | null>;
  /**
   * Hands what is pending, and whatever comes, to `handler`: each message until it is taken, in order within its
   * conversation, with growing pauses after failures; a message that fails too often becomes a dead letter. `close` of
   * the mailbox breaks it off; `stop` of what is returned lets it finish.
   * @throws MailboxError INVALID_REQUEST: deliveries are running already. CLOSED
   */
  deliver(handler: DeliveryHandler, options?: DeliverOptions): Delivery;
  /** The oldest pending message of each conversation whose attempt is due: what may be delivered now, in order. */
  due(options?: { limit?: number | undefined }): Promise<InboundMessage[]>;
  /** When `due` will next have something, milliseconds since the epoch; `null` if nothing is pending. */
  nextDueAt(): number | null;
  /** Marks as delivered. Repeating it changes nothing. `false` when the id is unknown. */
  ack(messageId: string): boolean;
  /** Records a failed attempt; the message stays pending until `retryAt`. */
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
  /** Who was dropped: one row for each sender and reason, newest first, bounded, without text. */
  dropped(options?: { limit?: number | undefined }): DroppedSender[];
}

/** A sender of whom something was dropped. */
export interface DroppedSender {
  senderInboxId: string;
  senderAddresses: readonly Address[];
  reason: string;
  count: number;
  firstAt: number;
  lastAt: number;
}

/** What to send. */
export interface SendRequest {
  /** Recipient of a direct message, or the conversation to write to. */
  to: { address: Address } | { conversationId: string };
  text: string;
  /** @default 'text' */
  contentType?: 'text' | 'markdown' | undefined;
  /** Id of the message that this one answers. */
  replyTo?: string | undefined;
  /** Same key and request: same result, whatever dies in between. At most 255 characters. */
  idempotencyKey?: string | undefined;
  /**
   * Whether the caller holds the key before it asks, so that it may ask again after a crash. `false`, for a key that the
   * caller learns from the answer, spares a wait for the disk. @default true
   */
  keepsKey?: boolean | undefined;
  /** Stops waiting, not the sending: an accepted message is sent in any case. */
  signal?: AbortSignal | undefined;
}

/** What became of it. `unknown`: the deadline passed; it settles by itself, ask again with the same key. */
export interface SendResult {
  status: 'sent' | 'unknown';
  messageId: string;
  conversationId: string;
  /** The result of an earlier call with the same key. */
  replayed: boolean;
}

/** How to open a mailbox. */
export interface MailboxOptions {
  signer: MailboxSigner;
  /** The home folder of this address, for example `~/.xmtp/0x…`. Created 0700 when missing. */
  home: string;
  network: MailboxNetwork;
  admit: Admit;
  /**
   * Whether an address may be heard at all: true for everybody in open mode, and in doubt. A conversation in which
   * something was dropped and no other member may be heard is denied, so that it costs nothing any more; `reconsider`
   * lifts that. @default nothing is denied
   */
  isAllowed?: ((address: Address) => boolean) | undefined;
  /**
   * Whether an address is one that the operator knows. Conversations without one are strangers', whose calls to the
   * network get a small share of their own. @default `isAllowed`
   */
  isExpected?: ((address: Address) => boolean) | undefined;
  /** Older than this when first seen means `historical`. @default 3_600_000 */
  historicalAfterMs?: number | undefined;
  /** How long `send` waits for the network's acceptance before it answers `unknown`. @default 15_000 */
  sendDeadlineMs?: number | undefined;
  /** Sends that may wait at once; more are refused as too busy. @default 1_000 */
  maxQueuedSends?: number | undefined;
  /** Light subscriptions that ring when a conversation has news. Off means reconcile alone. @default true */
  bell?: boolean | undefined;
  /** How often everything is synced while the bell is up; without it, every 2 to 10 seconds. @default 15_000 */
  reconcileEveryMs?: number | undefined;
  /** How often this installation is looked up, to notice that it was revoked or the network retired. @default 300_000 */
  identityCheckEveryMs?: number | undefined;
  /**
   * Paces what is asked of the network. Mailboxes that share one share its budget.
   * @default one for all mailboxes of this process on the same network, with the limits of XMTP's own networks
   */
  governor?: Governor | undefined;
  /** Register a further installation although 8 of 10 are used. @default false */
  allowManyInstallations?: boolean | undefined;
  /** Told what happens, without content. Must not throw. */
  onEvent?: ((event: MailboxEvent) => void) | undefined;
  /** @default the wall clock */
  now?: (() => number) | undefined;
  /** @default Math.random */
  random?: (() => number) | undefined;
  /** Content types that `mailbox.client` can encode and decode beside the SDK's own. @default none */
  codecs?: ContentCodec[] | undefined;
  /** Gives up opening. */
  signal?: AbortSignal | undefined;
}

/** Something the operator may want to log. Carries ids and codes, never content. */
export interface MailboxEvent {
  level: 'debug' | 'info' | 'warn' | 'error';
  /** noun-verb, for example `message-admitted`, `bell-broken`. */
  name: string;
  details: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * What names meant when messages were sent to them. The mailbox itself knows addresses only; whoever resolves names keeps
 * here what came of it, on disk with the sends themselves.
 */
export interface NameBook {
  /** The address that was last written to under this name, and since when (milliseconds since the epoch). */
  last(name: string): { address: Address; since: number } | null;
  /** Records that a message was sent to `address` under `name`. */
  remember(name: string, address: Address): void;
  /** What `bind` recorded under an idempotency key; kept as long as keys are honoured. */
  keyed(idempotencyKey: string): KeyedName | null;
  /** Records what the name of a keyed send means; the first caller decides. Call it before `send`, whose flush covers it. */
  bind(idempotencyKey: string, keyed: KeyedName): KeyedName;
  /** Takes `bind` back, after a send that came to nothing. */
  release(idempotencyKey: string): void;
}

/** The name of a keyed send, and its meaning in the caller's own form; never text of a message. */
export interface KeyedName {
  name: string;
  meaning: string;
}

/** An open mailbox. */
export interface Mailbox {
  readonly address: Address;
  readonly inboxId: string;
  readonly installationId: string;
  /**
   * The SDK's own client, on the same database and as the same installation: whatever XMTP can do is one call away.
   * What it sends bypasses the outbox and its promises. Its message streams are its own risk (decision 0022); the inbox
   * hears what arrives either way. It ends with `close`: it must not be closed, and no other client may open the database.
   */
  readonly client: Client;
  readonly inbox: Inbox;
  readonly names: NameBook;
  /**
   * Sends once. Resolves when the network has accepted the message, or with `unknown` when the deadline passed.
   * @throws MailboxError RECIPIENT_NOT_FOUND, MESSAGE_EMPTY, MESSAGE_TOO_LARGE, IDEMPOTENCY_CONFLICT, TOO_BUSY, …
   */
  send(request: SendRequest): Promise<SendResult>;
  /** Cheap and local. */
  status(): MailboxStatus;
  /** Decides on what waits and looks again at conversations that were denied, after the list of allowed senders changed. */
  reconsider(): Promise<void>;
  /** Stops accepting, drains within `timeoutMs`, releases the database and the lock. Idempotent. */
  close(options?: { timeoutMs?: number | undefined }): Promise<void>;
}
