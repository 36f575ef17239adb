import type { Address } from './address.ts';
import type { OpenBackup } from './backup/backup-types.ts';
import type { BackupSeal } from './backup/create-seal.ts';
import type { Conversations } from './history/history-types.ts';
import type { Admit } from './inbox/message-types.ts';
import type { Inbox } from './inbox/inbox-types.ts';
import type { StoredContent as EncodedContent } from './sdk/conversation.ts';
import type { EncryptFile } from './content/create-encrypt-file.ts';
import type { Client, ContentCodec } from './sdk/public-types.ts';
import type { Groups } from './groups/group-types.ts';
import type { Governor } from './governor/types.ts';
import type { MailboxStatus } from './health/status-types.ts';
import type { MailboxSigner } from './identity/signer-types.ts';
import type { MailboxNetwork } from './network-types.ts';
import type { SendRequest, SendResult } from './outbox/send-types.ts';

export type * from './address.ts';
export type * from './history/history-types.ts';
export type * from './identity/signer-types.ts';
export type * from './inbox/inbox-types.ts';
export type * from './groups/group-types.ts';
export type * from './groups/group-permissions.ts';
export type * from './network-types.ts';
export type * from './outbox/send-types.ts';
export type { EncodedContent };
export type { EncryptFile, OutboundFile } from './content/create-encrypt-file.ts';

/** How to open a mailbox. */
export interface MailboxOptions {
  /** The wallet: asked for its address at every start, and to sign when an installation is registered. */
  signer: MailboxSigner;
  /** The home folder of this address, for example `~/.xmtp/0x…`. Created 0700 when missing. */
  home: string;
  /** Which network this home belongs to. */
  network: MailboxNetwork;
  /** Who is heard. */
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
  /**
   * The lists behind `admit` as they are now; `null` in doubt. With it a message is judged when it was sent: what somebody
   * wrote before he was admitted, as far as this mailbox saw the lists, is not heard, or shown as a knock.
   * @default judged when it is seen
   */
  lists?: (() => Lists | null) | undefined;
  /** In which groups those who may be heard are heard; `null` in doubt. @default in all of them */
  groupPolicy?: (() => GroupPolicy | null) | undefined;
  /**
   * What becomes of what somebody wrote before he was admitted: all of it that the database holds is shown and marked
   * `knock`, or all of it is dropped. Of somebody who was denied it is always dropped. @default 'dropped'
   */
  knocks?: 'dropped' | 'shown' | undefined;
  /** How long text that was dropped stays in the SDK's database, milliseconds. @default 30 days */
  droppedTextMs?: number | undefined;
  /**
   * How many bytes of dropped text strangers may store in 24 hours, all together; beyond it the oldest is deleted. A
   * conversation in which they store a quarter of it is denied until a day has passed. @default 20_000_000
   */
  strangerBytesPerDay?: number | undefined;
  /**
   * How long what was handled is listed, milliseconds: messages that are delivered, recorded or discarded, and sends that are settled.
   * Afterwards a message is found by its id and in its conversation, and no longer in lists by position. `null`: for as long as the home
   * lasts. At least a day. @default 30 days
   */
  journalMs?: number | null | undefined;
  /** How many bytes the journal may hold before what was handled goes sooner, though not within a day. At least 1,000,000. @default no limit */
  journalBytes?: number | null | undefined;
  /**
   * How long messages stay in the SDK's database, ours and others', with everything in them, milliseconds: conversations begin there.
   * What is pending, dead or not yet sent stays, and the newest of each conversation. At least eight days. @default null: for as long as the home lasts
   */
  messagesMs?: number | null | undefined;
  /** Whether a change of a group is a message of whoever made it, of type `groupUpdated`, for `admit` to decide on. @default false */
  groupChanges?: boolean | undefined;
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

/** Who is heard, by name. Addresses in lower case. */
export interface Lists {
  /** `open`: whoever is not denied. */
  mode: 'closed' | 'open';
  /** Who is on the allowlist. */
  listed: ListedNames;
  /** Who is on the denylist, which wins. */
  denied: ListedNames;
}

/** Names in lower case: a `Set` of them, or a `Map` by them, which must stay as it is. A list that changed is another one. */
export type ListedNames = Pick<ReadonlySet<string>, 'has' | 'keys'>;

/** In which groups those who may be heard are heard. */
export interface GroupPolicy {
  /** In all that were not refused, in listed ones alone, or in none. Groups in which nobody is heard are denied. */
  mode: 'listed-senders' | 'listed-groups' | 'off';
  /** Groups that the operator listed: they are not denied for want of somebody who may be heard. Ids in lower case. */
  isListed: (conversationId: string) => boolean;
  /** The groups themselves, by id. */
  listed: () => ListedNames;
}

/** Something the operator may want to log. Carries ids and codes, never content. */
export interface MailboxEvent {
  /** How much it matters to an operator. */
  level: 'debug' | 'info' | 'warn' | 'error';
  /** noun-verb, for example `message-admitted`, `bell-broken`. */
  name: string;
  /** Ids, codes and counts. */
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
  /** As the caller wrote it. */
  name: string;
  /** Such as the address that it led to. */
  meaning: string;
}

/** An open mailbox. What is asked of it after `close` is refused: MailboxError CLOSED. */
export interface Mailbox extends AsyncDisposable {
  /** Lower case. */
  readonly address: Address;
  /** 64 hexadecimal digits. */
  readonly inboxId: string;
  /** 64 hexadecimal digits: the public key of this installation. */
  readonly installationId: string;
  /**
   * The SDK's own client, on the same database and as the same installation: whatever XMTP can do is one call away.
   * What it sends bypasses the outbox and its promises. Its message streams are its own risk (decision 0022); the inbox
   * hears what arrives either way. It ends with `close`: it must not be closed, and no other client may open the database.
   */
  readonly client: Client;
  /** What was heard, and its way to the agent. */
  readonly inbox: Inbox;
  /** What this mailbox knows of its conversations. */
  readonly conversations: Conversations;
  /** Making, changing, joining and leaving groups. */
  readonly groups: Groups;
  /** What names meant when messages were sent to them. */
  readonly names: NameBook;
  /**
   * Sends once. Resolves when the network has accepted the message, or with `unknown` when the deadline passed.
   * @throws MailboxError RECIPIENT_NOT_FOUND, MESSAGE_EMPTY, MESSAGE_TOO_LARGE, IDEMPOTENCY_CONFLICT, TOO_BUSY, …
   */
  send(request: SendRequest): Promise<SendResult>;
  /**
   * Encrypts a file that is to lie elsewhere while a message names it (remote attachment, XIP-17). The same file under the same
   * idempotency key is the same bytes and the same secrets: a send that is repeated is the same request.
   */
  encryptFile: EncryptFile;
  /** Whether a message was sent, or is being sent, under an idempotency key: what it needed was done already. */
  hasKey(idempotencyKey: string): boolean;
  /**
   * Makes a backup while the mailbox goes on: as `backupHome`, as a stream, which whoever `seal` names can open. One at a time.
   * @throws MailboxError INVALID_REQUEST, TOO_BUSY, the codes of files and disks
   */
  backup(options: { seal: BackupSeal }): Promise<OpenBackup>;
  /** Cheap and local. */
  status(): MailboxStatus;
  /** Decides on what waits and looks again at conversations that were denied, after the list of allowed senders changed. */
  reconsider(): Promise<void>;
  /** Syncs, and removes at once what is older than `journalMs` and `messagesMs` say, instead of within the hour; never rejects. */
  prune(): Promise<void>;
  /** Stops accepting, drains within `timeoutMs`, releases the database and the lock. Idempotent; `await using` does it too. */
  close(options?: { timeoutMs?: number | undefined }): Promise<void>;
}
