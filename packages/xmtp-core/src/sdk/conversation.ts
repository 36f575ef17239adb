/** Content as it travels: a type, parameters and bytes. */
export interface StoredContent {
  /** `undefined`: whoever wrote it named none. */
  type?: { authorityId: string; typeId: string; versionMajor: number; versionMinor: number } | undefined;
  /** As the type defines them. */
  parameters: Record<string, string>;
  /** For readers that do not know the type. */
  fallback?: string | undefined;
  /** 0: deflate, 1: gzip. */
  compression?: number | undefined;
  /** The bytes, encoded as the type says. */
  content: Uint8Array;
}

/** A message in the SDK's database. */
export interface StoredMessage {
  id: string;
  /** The group that it is in: of a direct message's duplicates each is one. */
  groupId: string;
  senderInboxId: string;
  /** By the network's clock. */
  sentAtNs: bigint;
  /** By this machine's, up to a minute late: see scan-cursor. */
  insertedAtNs: bigint;
  content: StoredContent;
  isPublished: boolean;
  /** The network's own word of a change of the group, which no member can forge. @default false */
  isChange?: boolean | undefined;
}

/** Which messages of people are wanted, by the network's clock. Bounds are strict. */
export interface MessageQuery {
  sentAfterNs?: bigint | undefined;
  sentBeforeNs?: bigint | undefined;
  /** @default oldest first */
  newestFirst?: boolean | undefined;
  insertedAfterNs?: bigint | undefined;
  exceptOf?: string | undefined;
  /** Changes of the group as well. @default false */
  withChanges?: boolean | undefined;
  limit?: number | undefined;
}

/** Who is in a conversation, as far as this client knows without asking. */
export interface Member {
  inboxId: string;
  /** Ethereum addresses, lower case, that its inbox listed when it was looked at last. */
  addresses: readonly string[];
  installations: number;
}

/**
 * How the SDK keeps a message. `queued`: with its intent to publish it, so that one publication carries several; any
 * sync may be that publication. `parked`: without, so that it goes out by its id and no other way.
 */
export type StoreMode = 'queued' | 'parked';

/** A conversation by way of the SDK: all that this package uses of one. Calls of the network wait for their turn. */
export interface Conversation {
  /** Of its group on the network. */
  readonly id: string;
  /** `other` is what the SDK keeps for itself. */
  kind(): Promise<'dm' | 'group' | 'other'>;
  /** Whether it is a direct message, told without waiting. */
  isDirect(): boolean;
  /** When it was made, nanoseconds, as whoever made it says. */
  createdAtNs(): bigint;
  /** As a member wrote it; empty for none, and for a direct message. */
  title(): string;
  /** Of a direct message. */
  peerInboxId(): string;
  members(): Promise<Member[]>;
  /** The inbox that put us into it; `null` when that is not known. */
  inviterInboxId(): string | null;
  /** The newest change of it, its members among them, that came into the database after `insertedAfterNs`; `null` for none. Cheap if that was lately. */
  changeSince(insertedAfterNs: bigint): Promise<string | null>;
  /** Adds the peer of a direct message, again if it has been. */
  addPeer(): Promise<void>;
  /**
   * Asks the network which installations the members have and makes them those of the conversation: the SDK encrypts for
   * the installations that it has when a message is stored or published. Its own sends look too, but at most every five
   * seconds, and only behind what is stored already. One question when nothing has changed. Rejects without an answer.
   */
  refreshMembers(): Promise<void>;
  /** Whether we may write there. What cannot be found out is not a refusal. */
  isMember(): boolean;
  /** As `isMember`, before something is sent: from a direct message nobody is removed, so one that we were in once is not asked again. */
  mayWrite(): boolean;
  /** Puts a message into the database and publishes nothing. Resolves with its id. */
  store(content: StoredContent, mode: StoreMode): Promise<string>;
  /** Publishes what is queued. An error does not mean that it was not sent. */
  publishQueued(): Promise<void>;
  /** Publishes one message, as often as we like: it arrives once. */
  publishOne(messageId: string): Promise<void>;
  /** What the local database holds. */
  messages(query: MessageQuery): Promise<StoredMessage[]>;
  /** Fetches what is new, and publishes what is queued. */
  sync(): Promise<void>;
  consent(): 'unknown' | 'allowed' | 'denied';
  setConsent(state: 'unknown' | 'allowed' | 'denied'): void;
  /** Where the database stands, as the network numbers messages. */
  cursor(): Promise<bigint>;
  /** The keys by which members mark what they post, by group, of the neighbouring periods too. */
  markingKeys(): Record<string, readonly Uint8Array[]>;
  /** Fetches singly what comes from now on. `onEnd`: it ended by itself. */
  listen(onMessage: () => void, onEnd: () => void): Promise<MessageStream>;
}

export interface MessageStream {
  ready(): Promise<void>;
  end(): void;
}
