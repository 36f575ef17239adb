import type { Client } from '@xmtp/node-sdk';
import type { BellConnection, BellListeners } from '../bell/connect-bell.ts';
import type { GovernedCalls } from '../governor/types.ts';
import type { MailboxSigner } from '../types.ts';
import type { Conversation, StoredMessage } from './conversation.ts';
import type { Archives } from './create-archives.ts';
import type { ExpiryOf } from './create-expiries.ts';
import type { PostLog } from './create-post-log.ts';
import type { OnCall } from './create-run-native.ts';

/** Who an inbox is: its Ethereum addresses, lower case, as the network lists them now. */
export interface InboxIdentity {
  inboxId: string;
  addresses: readonly string[];
}

/** The SDK's client, and with conversations the one door to it: what it hides from its users is reached here and nowhere else. */
export interface NativeClient {
  /** The SDK's own client, on the same database. */
  readonly sdk: Client;
  readonly inboxId: string;
  readonly installationId: string;
  /** Address of the V3 node; `null` behind a gateway. */
  readonly nodeUrl: string | null;
  /** Whether one sync brings only the next hundred messages of a conversation: so it is behind a gateway. */
  readonly inPages: boolean;
  /** Hangs a bell at the network. */
  connectBell(this: void, listeners: BellListeners): BellConnection;
  isRegistered(): boolean;
  /** One signature, one identity update. Never repeat it blindly: see register-installation. */
  register(signer: MailboxSigner): Promise<void>;
  isAuthorized(installationId: string): Promise<boolean>;
  /** Ids of the installations of this inbox, from the network. */
  installations(): Promise<string[]>;
  identityUpdates(): Promise<number>;
  /** Which inboxes addresses lead to: in one question. */
  inboxIdsOf(addresses: readonly string[]): Promise<ReadonlyMap<string, string>>;
  fetchIdentity(inboxId: string): Promise<InboxIdentity>;
  /** Of many at once. Those of whom the network has no record are left out. */
  identities(inboxIds: readonly string[]): Promise<InboxIdentity[]>;
  /** The same of those whom this client knows already, without asking. Local, and possibly old. */
  knownIdentities(inboxIds: readonly string[]): Promise<InboxIdentity[]>;
  /** What was posted to groups, past the SDK. */
  readonly posts: PostLog;
  syncWelcomes(): Promise<void>;
  /** Swallows the failures of single conversations. `known`: how many are not denied, `synced`: how many had news. */
  syncAll(): Promise<{ known: number; synced: number }>;
  /** Ids of all conversations that are not denied, duplicates of direct messages included. See blocking-calls. */
  conversationIds(): string[];
  /** Costs time that grows with all messages ever stored. Conversations made after `createdAfterNs`, duplicates of direct messages included. */
  listConversations(options: { denied: boolean; createdAfterNs?: bigint | undefined }): Conversation[];
  /** For a duplicate of a direct message this is the one in use, which has another id. */
  conversation(id: string): Conversation | null;
  /** The one with this id, duplicates of direct messages told apart: what is stored in it is published only through it. */
  exactConversation(id: string): Promise<Conversation | null>;
  /** Finds or makes the direct message with an address; what it returns may be half made. */
  createDm(address: string): Promise<Conversation>;
  /** The same with an inbox that this client knows. */
  createDmWith(inboxId: string): Promise<Conversation>;
  message(id: string): StoredMessage | null;
  /** Takes a message out of the local database, for good. Repeating it changes nothing. */
  deleteMessage(id: string): void;
  /** When messages disappear that are looked at together. */
  expiries(): ExpiryOf;
  /**
   * Whether a message was taken back, by who may: its author, or the super admin that is named. The SDK decides that when
   * the deletion arrives. `null` when it stands.
   */
  deletion(id: string): { byAdmin: string | null } | null;
  readonly archives: Archives;
  /** Tells from now on how each call to the network ended. */
  observe(listener: OnCall): void;
  /** From now on `check` is called before each call to the network; what it throws is how the call ends. */
  guard(check: () => void): void;
  /** The governor's view of what this client asks; own calls of ours go through it, too. */
  readonly calls: GovernedCalls;
  /** Closes the database. Later calls fail. */
  release(): void;
}
