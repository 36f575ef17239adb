import type { BookedConversation } from './create-conversation-book.ts';

/** Each is asked by itself at least so often, as long as there are not too many. */
const roundMs = 1_800_000;
/** Those that fail take seconds each; when they succeed again, the rest of them follow at once. */
const maxFailed = 8;
/** One round of asking stays this small, however many conversations there are: they take longer to go round then. */
const maxAtOnce = 200;

/**
 * Which conversations are synced by themselves now: those that failed last, so that their recovery shows; the one with
 * the newest messages, so that something is really asked each time; and the share of this time of those whose last sync
 * is long ago, since syncing all of them hides the failure of one.
 */
export function chooseForSync(
  all: readonly BookedConversation[],
  { now, sinceMs }: { now: number; sinceMs: number },
): BookedConversation[] {
  const awake = all.filter((conversation) => conversation.restUntil <= now);
  const failed = awake.filter(({ failures }) => failures > 0);
  const newest = awake.reduce<BookedConversation | null>(newer, null);
  const share = Math.min(maxAtOnce, Math.max(1, Math.ceil((all.length * sinceMs) / roundMs)));
  const longAgo = awake
    .filter((conversation) => now - conversation.syncedAt >= roundMs)
    .toSorted((a, b) => a.syncedAt - b.syncedAt)
    .slice(0, share);
  return [...new Set([...failed.slice(0, maxFailed), ...(newest === null ? [] : [newest]), ...longAgo])];
}

function newer(best: BookedConversation | null, next: BookedConversation): BookedConversation {
  return best === null || (next.lastSentNs ?? -1n) > (best.lastSentNs ?? -1n) ? next : best;
}
