import { createHash } from 'node:crypto';
import { createOwnRecogniser } from '../bell/create-own-recogniser.ts';
import { idempotencyRetentionMs } from '../constants.ts';
import { isApplicationMessage } from '../grpc/is-application-message.ts';
import type { Post } from '../grpc/posts-wire.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import { createWindowReader } from '../sdk/create-window-reader.ts';

/** Conversations with news that are looked into; one that tells is enough. */
const maxLooked = 500;
/** Conversations that are looked at side by side. */
const atOnce = 16;
/** Syncs of one conversation, each of which may bring a page. */
const maxSyncs = 20;

/** What is asked of the mailbox. */
export interface StaleCopyOptions {
  client: Pick<NativeClient, 'inboxId' | 'inPages' | 'message' | 'posts'>;
  /** All in which something may have been sent. */
  conversations: readonly Conversation[];
  /** Whether a send of an earlier process is open in a conversation: it may be on the network unseen, and tells nothing. */
  isOpenIn: (conversationId: string) => boolean;
  /** When messages of a conversation were on their way, by our clock: each may have been posted more than once. */
  attemptsIn: (conversationId: string) => readonly { messageId: string; createdAt: number; settledAt: number }[];
  now: () => number;
}

/**
 * Finds out whether the database is an older copy of itself: then the network holds messages of this very installation, by
 * its mark on them, that the database does not know. What it sends would be encrypted by keys that its peers have used up,
 * and nobody could read it. To be asked before anything is synced, for a sync passes over them in silence, and after what was
 * left open is taken back, for a sync publishes that.
 * @returns a conversation that tells; `null` when none does. Rejects when the network does not answer.
 */
export async function findStaleCopy(options: StaleCopyOptions): Promise<string | null> {
  const { client, isOpenIn } = options;
  const { inPages } = client;
  const isOwn = createOwnRecogniser(options);
  // Behind a gateway all is read from the beginning; what was posted twice so long ago can no longer be told from what is unknown.
  const oldestNs = inPages ? BigInt(Math.floor(options.now() - idempotencyRetentionMs)) * 1_000_000n : 0n;

  /** Messages of ours that no row of the database is. */
  const unknownOf = async (conversation: Conversation, own: readonly Post[]): Promise<Post[]> => {
    const known = new Set<string>();
    for (const { atNs, data } of own) {
      const messages = await conversation.messages({ sentAfterNs: atNs - 1n, sentBeforeNs: atNs + 1n });
      if (messages.some(({ senderInboxId }) => senderInboxId === client.inboxId)) known.add(digest(data));
    }
    // A call of the SDK that was repeated posts the same bytes twice.
    return own.filter(({ data }) => !known.has(digest(data)));
  };

  /** Published again by its id, a message is encrypted anew: between its first attempt and its last any may be that. */
  const isAttempt = (conversation: Conversation, { atNs }: Post): boolean =>
    options.attemptsIn(conversation.id).some(({ messageId, createdAt, settledAt }) => {
      const at = client.message(messageId)?.sentAtNs;
      if (at === undefined) return false;
      const [between, under] = [atNs > at ? atNs - at : at - atNs, BigInt(Math.max(0, settledAt - createdAt))];
      return between <= under * 1_000_000n;
    });

  const postsAfter = async (conversation: Conversation, cursor: bigint): Promise<Post[]> => {
    const own: Post[] = [];
    // Behind a gateway the SDK does not say where it stands.
    for await (const post of client.posts.since(conversation.id, inPages ? new Map() : new Map([[0, cursor]]))) {
      if (post.data !== null && isApplicationMessage(post.data) && isOwn(conversation, post)) own.push(post);
    }
    if (!inPages || own.length === 0) return own;
    const said = await createWindowReader(conversation)({ newestFirst: true, withChanges: true, limit: 200 });
    const last = said.find(({ senderInboxId, isPublished }) => isPublished && senderInboxId === client.inboxId);
    return own.filter(({ atNs }) => atNs > oldestNs && atNs > (last?.sentAtNs ?? 0n));
  };

  /** Whether messages of ours stay unknown when everything is fetched. */
  const tells = async (conversation: Conversation): Promise<boolean> => {
    const cursor = await conversation.cursor();
    let unknown = await postsAfter(conversation, cursor);
    for (let syncs = 0; unknown.length > 0 && syncs < (inPages ? maxSyncs : 1); syncs += 1) {
      await conversation.sync();
      unknown = await unknownOf(conversation, unknown);
    }
    return unknown.some((post) => !isAttempt(conversation, post));
  };

  /** Whether the network has something newer, as far as the database's own stamps tell. */
  const hasNews = async (conversation: Conversation, atNs: bigint): Promise<boolean> => {
    const [row] = await conversation.messages({ withChanges: true, sentAfterNs: atNs - 1n, limit: 1 });
    return row === undefined;
  };

  const asked = options.conversations.filter(({ id }) => !isOpenIn(id));
  const newest = await client.posts.newest(asked.map(({ id }) => id));
  let looked = 0;
  for (let at = 0; at < asked.length; at += atOnce) {
    const some = asked.slice(at, at + atOnce);
    const news = await Promise.all(
      some.map(async (conversation) => {
        const post = newest.get(conversation.id);
        return post !== undefined && (await hasNews(conversation, post.atNs));
      }),
    );
    for (const conversation of some.filter((_, index) => news[index])) {
      // Asking blocks this thread.
      if (!conversation.isMember()) continue;
      if (looked === maxLooked) return null;
      looked += 1;
      if (await tells(conversation)) return conversation.id;
    }
  }
  return null;
}

const digest = (data: Uint8Array | null): string =>
  createHash('sha256')
    .update(data ?? new Uint8Array())
    .digest('hex');
