import { wallClock } from '@xmtp-messaging/errors';
import type { DecidePage } from './create-decide-page.ts';
import type { BookedConversation } from './create-conversation-book.ts';

/** Rows read at once; large enough to be fast, small enough that a page of the largest messages fits in memory. */
const pageSize = 200;
/** Overlap of quick scans: two nodes of the network may stamp neighbours in another order. */
const overlapNs = 250_000_000n;

export interface ScanResult {
  admitted: number;
  dropped: number;
  /** Messages of others in range, decided or not. */
  seen: number;
  /** The newest stamp of the network among what was seen for the first time, nanoseconds; `null` for none. */
  newNs: bigint | null;
  /** Whether every message in range was decided. */
  complete: boolean;
}

/**
 * Reads what the local database holds of a conversation and decides on what is new.
 * With `insertedAfterNs` it is the truth: everything inserted since then, whatever its times. Without, it is quick:
 * only what the network stamped after the newest message seen; it may miss a straggler, which a full scan then finds.
 */
export async function scanConversation(options: {
  conversation: BookedConversation;
  ownInboxId: string;
  decidePage: DecidePage;
  insertedAfterNs: bigint | null;
  /** Changes of groups as well. */
  withChanges: boolean;
}): Promise<ScanResult> {
  const { conversation, ownInboxId, decidePage, insertedAfterNs } = options;
  const { native } = conversation;
  const result: ScanResult = { admitted: 0, dropped: 0, seen: 0, newNs: null, complete: true };
  let newestNs = conversation.lastSentNs;
  let afterNs = insertedAfterNs === null && newestNs !== null ? newestNs - overlapNs : null;
  let limit = pageSize;
  for (;;) {
    const page = await native.messages({
      exceptOf: ownInboxId,
      withChanges: options.withChanges && conversation.type === 'group',
      limit,
      insertedAfterNs: insertedAfterNs ?? undefined,
      sentAfterNs: afterNs ?? undefined,
    });
    const outcome = await decidePage(conversation, page);
    result.admitted += outcome.admitted;
    result.dropped += outcome.dropped;
    if (outcome.newestNs !== null && outcome.newestNs > (result.newNs ?? 0n)) result.newNs = outcome.newestNs;
    result.seen += page.filter(({ isChange }) => isChange !== true).length;
    if (outcome.undecided) {
      result.complete = false;
      return result;
    }
    const lastNs = page.at(-1)?.sentAtNs;
    // A stamp from the future must not make quick scans blind until then.
    const nowNs = BigInt(wallClock()) * 1_000_000n;
    const seenNs = lastNs === undefined || lastNs < nowNs ? lastNs : nowNs;
    if (seenNs !== undefined && (newestNs === null || seenNs > newestNs)) newestNs = seenNs;
    conversation.lastSentNs = newestNs ?? 0n;
    if (page.length < limit || lastNs === undefined) return result;
    // "After" is strict and times may repeat: start the next page one tick early, and widen it if it would not move.
    const nextNs = lastNs - 1n;
    if (nextNs === afterNs) limit *= 2;
    else limit = pageSize;
    afterNs = nextNs;
  }
}
