import type { OutboundStore } from '../outbox/create-outbound-store.ts';
import type { PastStore } from './create-past-store.ts';

/** Rows in one piece of work: some milliseconds, when each is on a page of its own in a large file. */
const slice = 50;

export interface PruneJournalOptions {
  past: Pick<PastStore, 'fold'>;
  outbound: Pick<OutboundStore, 'prune' | 'pruneKeys'>;
  /** Forgets what the names of old keys meant. */
  pruneNames: (now: number, limit: number) => boolean;
  /** Whether the journal is larger than it may be. @default never */
  isTooLarge?: (() => boolean) | undefined;
  /** Lets others work. */
  rest: () => Promise<void>;
  signal: AbortSignal;
}

/**
 * Takes out of the journal, in small pieces, what nobody needs to be listed any more. What is pending or dead stays, and so does a
 * send that is not settled, or whose key may still be asked for.
 * @param times.until What was received or begun up to then; `null` for nothing. Keys end by their own time.
 * @param times.youngest While the journal is too large, what was received or begun up to then.
 */
export async function pruneJournal(
  { now, until, youngest }: { now: number; until: number | null; youngest: number },
  { past, outbound, pruneNames, isTooLarge = () => false, rest, signal }: PruneJournalOptions,
): Promise<void> {
  const again = async (work: () => boolean) => {
    while (!signal.aborted && work()) await rest();
    await rest();
  };
  await again(() => outbound.pruneKeys(now, slice));
  await again(() => pruneNames(now, slice));
  const unlist = async (upTo: number, isWanted: () => boolean) => {
    let after: number | null = 0;
    await again(() => isWanted() && past.fold({ until: upTo, limit: slice }));
    await again(() => {
      after = isWanted() ? outbound.prune({ until: upTo, after: after ?? 0, limit: slice }) : null;
      return after !== null;
    });
  };
  if (until !== null) await unlist(until, () => true);
  if (isTooLarge()) await unlist(youngest, isTooLarge);
}
