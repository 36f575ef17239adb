import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TopicCursor } from '../grpc/wire.ts';
import type { Journal } from '../journal/open-journal.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { ConversationStore } from '../history/create-conversation-store.ts';
import type { NativeClient } from '../sdk/native-client.ts';

/** Conversations that are entered in one piece of work. */
const atOnce = 50;

/** A conversation that is listened to. */
export interface BookedConversation {
  /** The group on the network. */
  groupId: string;
  /** What the agent knows it by: one for all direct messages with the same inbox. */
  id: string;
  type: 'dm' | 'group';
  native: Conversation;
  /** Newest network time seen, nanoseconds; 0 for none, `null` before the first complete scan. */
  lastSentNs: bigint | null;
  /** Last sync of this conversation alone that succeeded, by the elapsed clock. */
  syncedAt: number;
  /** When it last brought something new, by the elapsed clock. */
  newsAt: number | null;
  /** When it was last asked who is in it although nobody writes there, by the elapsed clock. */
  lookedAt: number | null;
  /** The SDK was told that it is wanted: its own record, which blocks this thread, need not be read again. */
  isWanted: boolean;
  failures: number;
  /** When the first of them was. */
  failingSince: number;
  /** Not synced by itself before this time of the elapsed clock: it failed again and again. */
  restUntil: number;
}

/** The conversations this mailbox listens to. */
export interface ConversationBook {
  /** Enters what the SDK knows and the book does not. Returns those group ids, and of the others those that were let in. */
  discover(): Promise<string[]>;
  /** Enters one that is used without having been found, unless it is denied. Returns whether it did, or it was let in. */
  adopt(native: Conversation): Promise<boolean>;
  get(groupId: string): BookedConversation | undefined;
  all(): BookedConversation[];
  size(): number;
  /** Whether nobody has let us in yet, as after a restore: there is nothing to fetch before, and nothing to listen to. */
  isOutside(groupId: string): boolean;
  /** We were put out of it: it is found again once somebody lets us in. */
  noteOutside: (groupId: string) => void;
  remove(groupId: string): void;
  /** What the agent knows a conversation by, listened to or not; `null` for what the SDK keeps for itself. */
  idOf(native: Conversation): Promise<{ id: string; type: 'dm' | 'group' } | null>;
  /** Where the database stands in groups, as the network numbers their messages. */
  cursors: (groupIds: readonly string[]) => Promise<TopicCursor[]>;
}

export function createConversationBook(options: {
  client: Pick<NativeClient, 'conversationIds' | 'exactConversation'>;
  journal: Journal;
  /** Told of each conversation that is listened to, by the id that the agent knows, and of each that is no longer. */
  listed?: Pick<ConversationStore, 'note' | 'leave'> | undefined;
}): ConversationBook {
  const { client, journal, listed } = options;
  const book = new Map<string, BookedConversation>();
  const find = journal.prepare('select conversation_id from direct where peer_inbox_id = ?');
  const adopt = journal.prepare('insert or ignore into direct (peer_inbox_id, conversation_id) values (?, ?)');
  const outside = new Set<string>();
  /** Of which nobody has wanted to know yet whether we are in them: asking blocks this thread. */
  const unasked = new Set<string>();
  /** Neither direct messages nor groups. */
  const others = new Set<string>();

  const idFor = (type: 'dm' | 'group', native: Conversation): string => {
    if (type === 'group') return native.id;
    const peer = native.peerInboxId();
    journal.run(adopt, peer, native.id);
    return String(find.get(peer)?.['conversation_id']);
  };

  const note = (id: string, native: Conversation) => listed?.note(id, Number(native.createdAtNs() / 1_000_000n));

  // The agent may have been told an id already.
  journal.onLost(() => {
    for (const { id, type, native } of book.values()) {
      note(id, native);
      if (type === 'dm') journal.write(() => adopt.run(native.peerInboxId(), id));
    }
  });

  /**
   * Its kind stands in what its members share, which takes a look into its keys. What the SDK lists is a direct message or a group, and
   * a direct message has a peer; that a group may claim one, too, was looked up when the journal took it for a direct message.
   * @param isListed by the SDK, which keeps what is neither to itself.
   */
  const kindOf = async (native: Conversation, isListed: boolean) => {
    if (!native.isDirect()) return isListed ? 'group' : await native.kind();
    return find.get(native.peerInboxId())?.['conversation_id'] === native.id ? 'dm' : await native.kind();
  };

  const add = async (native: Conversation, isListed: boolean): Promise<boolean> => {
    const groupId = native.id;
    if (book.has(groupId)) return false;
    const type = await kindOf(native, isListed);
    if (type === 'other') {
      others.add(groupId);
      return false;
    }
    // Somebody else may have found it meanwhile, and even read and denied it.
    if (book.has(groupId) || native.consent() === 'denied') return false;
    const id = idFor(type, native);
    book.set(groupId, {
      groupId,
      id,
      type,
      native,
      lastSentNs: null,
      syncedAt: Number.NEGATIVE_INFINITY,
      newsAt: null,
      lookedAt: null,
      isWanted: false,
      failures: 0,
      failingSince: 0,
      restUntil: 0,
    });
    note(id, native);
    unasked.add(groupId);
    return true;
  };
  const isInside = (groupId: string) => book.get(groupId)?.native.isMember() === true;
  const ask = (groupId: string) => {
    if (unasked.delete(groupId) && !isInside(groupId)) outside.add(groupId);
  };
  // Only those are asked about again that were outside.
  const isLetIn = (groupId: string) => outside.has(groupId) && isInside(groupId) && outside.delete(groupId);

  return {
    async discover() {
      const found: string[] = [];
      let looked = 0;
      for (const groupId of client.conversationIds()) {
        if (isLetIn(groupId)) found.push(groupId);
        if (book.has(groupId) || others.has(groupId)) continue;
        const native = await client.exactConversation(groupId);
        if (native !== null && (await add(native, true))) found.push(groupId);
        if ((looked += 1) % atOnce === 0) await nextTurn();
      }
      return found;
    },
    adopt: async (native) => (await add(native, false)) || isLetIn(native.id),
    get: (groupId) => book.get(groupId),
    all: () => [...book.values()],
    size: () => book.size,
    isOutside(groupId) {
      ask(groupId);
      return outside.has(groupId) && !isInside(groupId);
    },
    noteOutside(groupId) {
      unasked.delete(groupId);
      outside.add(groupId);
    },
    remove(groupId) {
      const id = book.get(groupId)?.id;
      book.delete(groupId);
      outside.delete(groupId);
      unasked.delete(groupId);
      if (id !== undefined && ![...book.values()].some((other) => other.id === id)) listed?.leave(id);
    },
    async idOf(native) {
      const type = await native.kind();
      if (type === 'other') return null;
      const known = type === 'dm' ? find.get(native.peerInboxId())?.['conversation_id'] : undefined;
      return { id: known === undefined ? native.id : String(known), type };
    },
    cursors: async (groupIds) => {
      const topics: TopicCursor[] = [];
      for (const key of groupIds) {
        const conversation = book.get(key);
        ask(key);
        if (outside.has(key) && !isLetIn(key)) continue;
        if (conversation !== undefined) topics.push({ key, cursor: await conversation.native.cursor() });
      }
      return topics;
    },
  };
}
