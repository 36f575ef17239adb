import type { PostedMessage } from '../grpc/wire.ts';
import type { Journal } from '../journal/open-journal.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { DecidePage } from './create-decide-page.ts';
import type { ConversationBook } from './create-conversation-book.ts';
import type { ConsentKeeper } from './consent-types.ts';
import type { ConversationRescue } from './create-conversation-rescue.ts';
import type { DroppedTexts } from './create-dropped-texts.ts';
import type { Standings } from './open-standings.ts';
import type { DroppedStore } from './create-dropped-store.ts';
import type { WaitingStore } from './create-waiting-store.ts';

/** Brings messages from the network into the journal. */
export interface Receiver {
  /** Learns which conversations there are, from the database alone. */
  list: () => Promise<void>;
  /** Syncs and reads one group. */
  refresh: (groupId: string) => Promise<void>;
  /** Something was posted to a group. Whether anything new of it is here, or nothing is to come. */
  ring: (posted: PostedMessage) => Promise<boolean>;
  /** Somebody may have opened a conversation with us. Whether one is here. */
  welcome: () => Promise<boolean>;
  /** Listens to a conversation that we write to, made by us or denied before. */
  adopt: (native: Conversation) => Promise<void>;
  /** Syncs everything and scans everything. Rejects when the network could not be asked. */
  reconcile: () => Promise<{ admitted: number; complete: boolean }>;
  /** Decides on what waits, and listens again to conversations that were denied and whose members may be heard by now. */
  reconsider(): Promise<void>;
  /** The operator wants to be in a group: listens to it from now on. */
  accept: (native: Conversation) => Promise<void>;
  /** The operator wants none of a group: it is not listened to until it is accepted. On disk when this returns. */
  refuse: (native: Conversation) => void;
  /** What the database had before was decided on, nanoseconds by its time of insertion; `null` until all of it is synced and read. */
  scannedNs(): bigint | null;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** What a receiver works with. */
export interface ReceiverOptions {
  client: NativeClient;
  journal: Journal;
  dropped: DroppedStore;
  waiting: WaitingStore;
  book: ConversationBook;
  decidePage: DecidePage;
  rescue: ConversationRescue;
  texts: DroppedTexts;
  standings: Standings;
  /** Whether somebody may be heard by now who could not when this home was open last. */
  changedWhileClosed: boolean;
  consent: ConsentKeeper;
  /** New conversations, before they are read for the first time. */
  onFound: (groupIds: readonly string[]) => void;
  /** Whether changes of groups are messages, too. */
  withChanges: boolean;
  now: () => number;
  /** Shared with `rescue`. */
  elapsed: () => number;
}
