/** Somebody who can be written to. */
export interface Peer {
  readonly inboxId: string;
  readonly address: string;
}

/** What a scenario asks of a client, whatever its SDK calls it. A conversation is named by its id. */
export interface Person extends Peer {
  readonly installationId: string;
  createDm(peer: Peer): Promise<string>;
  createGroup(peers: readonly Peer[]): Promise<string>;
  send(conversationId: string, text: string): Promise<void>;
  /** Stores them all, then publishes them together. */
  sendMany(conversationId: string, texts: readonly string[]): Promise<void>;
  /** Fetches welcomes and every conversation. */
  sync(): Promise<void>;
  /** Ids of its conversations after a sync, direct messages with the same inbox as one. */
  conversations(kind: 'dm' | 'group'): Promise<string[]>;
  /** What was written there, oldest first, after a sync of the conversation alone. */
  texts(conversationId: string): Promise<string[]>;
  members(conversationId: string): Promise<string[]>;
  isMember(conversationId: string): Promise<boolean>;
  add(conversationId: string, inboxIds: readonly string[]): Promise<void>;
  remove(conversationId: string, inboxIds: readonly string[]): Promise<void>;
  makeAdmin(conversationId: string, inboxId: string): Promise<void>;
  rename(conversationId: string, name: string): Promise<void>;
  nameOf(conversationId: string): Promise<string>;
  /** Messages sent from now on disappear so long after they were sent, milliseconds. */
  disappear(conversationId: string, afterMs: number): Promise<void>;
  deny(conversationId: string): Promise<void>;
  isDenied(conversationId: string): Promise<boolean>;
  /** Keeps what arrives on its stream from now on. */
  stream(): Promise<void>;
  heard(): Promise<string[]>;
  /** Exchanges with the other installations of its inbox what they keep for each other. */
  syncDevices(): Promise<void>;
  sendHistory(historyUrl: string, pin: string): Promise<void>;
  takeHistory(pin: string): Promise<void>;
  /** When the key package that others find was made, in seconds since the epoch, by installation. */
  keyPackageSince(installationId: string): Promise<bigint>;
  close(): Promise<void>;
}

/** Methods that a client does not have; a scenario that needs one of them is not run with it. */
export type PersonMethod = Exclude<keyof Person, 'inboxId' | 'installationId' | 'address' | 'close'>;
