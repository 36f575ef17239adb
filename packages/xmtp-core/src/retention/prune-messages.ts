import type { Journal } from '../journal/open-journal.ts';
import type { Conversation, StoredMessage } from '../sdk/conversation.ts';
import { createWindowReader } from '../sdk/create-window-reader.ts';
import type { Floors } from './create-floors.ts';
import type { PastStore } from './create-past-store.ts';
import { type KnownOf, mayGo } from './may-go.ts';

/** Rows that are read and deleted in one piece of work: each may be a megabyte. */
const chunk = 20;
/** Our clock may be ahead of the newest message by no more than this, or it is not believed. */
const believedNs = 7n * 86_400_000_000_000n;

export interface PruneMessagesOptions {
  journal: Journal;
  floors: Floors;
  past: Pick<PastStore, 'remove'>;
  /** Of the SDK's database. */
  deleteMessage: (messageId: string) => void;
  known: (message: StoredMessage) => KnownOf;
  /** Forgets a send that is settled. */
  forgetSend: (messageId: string) => void;
  onDeleted: (messageId: string) => void;
  /** Lets others work. */
  rest: () => Promise<void>;
  signal: AbortSignal;
}

/**
 * Deletes what is old in some conversations from the SDK's database, by its own call, the oldest first. The newest message of each stays:
 * by it a start sees whether the network has more.
 * @param bounds.untilNs Older than this is old, by the network's clock.
 * @param bounds.isTimeKnown Whether our clock was seen to go right; otherwise what the network stamped last must bear it out.
 * @returns how many messages that were
 */
export async function pruneMessages(
  conversations: readonly Conversation[],
  bounds: { untilNs: bigint; nowNs: bigint; isTimeKnown: boolean; scannedNs: bigint },
  options: PruneMessagesOptions,
): Promise<number> {
  const { rest, signal } = options;
  const newest = new Map<Conversation, StoredMessage>();
  for (const conversation of conversations) {
    if (signal.aborted) return 0;
    const [last] = await createWindowReader(conversation)({ newestFirst: true, withChanges: true, limit: 1 });
    if (last !== undefined) newest.set(conversation, last);
    await rest();
  }
  let latestNs = 0n;
  for (const { sentAtNs, isPublished } of newest.values()) if (isPublished && sentAtNs > latestNs) latestNs = sentAtNs;
  // Of a clock that was set ahead: it would make everything old.
  const aheadNs = bounds.nowNs - latestNs - believedNs;
  const untilNs = aheadNs > 0n && !bounds.isTimeKnown ? bounds.untilNs - aheadNs : bounds.untilNs;
  let deleted = 0;
  for (const [conversation, { id }] of newest) {
    deleted += await pruneOne(conversation, { keptId: id, untilNs, scannedNs: bounds.scannedNs }, options);
  }
  return deleted;
}

async function pruneOne(
  conversation: Conversation,
  { keptId, ...bounds }: { keptId: string; untilNs: bigint; scannedNs: bigint },
  { journal, floors, past, known, deleteMessage, forgetSend, onDeleted, rest, signal }: PruneMessagesOptions,
): Promise<number> {
  const read = createWindowReader(conversation);
  let deleted = 0;
  let afterNs: bigint | undefined;
  let limit = chunk;
  while (!signal.aborted) {
    const page = await read({
      withChanges: true,
      sentBeforeNs: bounds.untilNs,
      sentAfterNs: afterNs,
      limit,
    });
    const old = page.filter((message) => message.id !== keptId && mayGo(message, known(message), bounds));
    if (old.length > 0) {
      // First that it is gone, on disk; then the message. A crash in between leaves one that nobody takes for new.
      journal.write(() => {
        for (const { id, groupId, sentAtNs } of old) {
          floors.raise(groupId, sentAtNs);
          past.remove(id);
          forgetSend(id);
        }
      });
      await journal.flushSoon();
      for (const { id } of old) {
        deleteMessage(id);
        onDeleted(id);
        deleted += 1;
      }
    }
    await rest();
    const lastNs = page.at(-1)?.sentAtNs;
    if (page.length < limit || lastNs === undefined) break;
    // What stays is passed over; of equal times none is.
    const nextNs = lastNs - 1n;
    limit = old.length === 0 && nextNs === afterNs ? limit * 2 : chunk;
    afterNs = nextNs;
  }
  return deleted;
}
