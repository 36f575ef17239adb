import type { Journal } from '../journal/open-journal.ts';

/** Pages of 4 KB that are given back in one piece of work. */
const pagesAtOnce = 16;
/** Free pages that are worth to be kept for what comes: 1 MB, or a sixteenth of the file. */
const keptPages = 256;

/** Gives free pages back to the file system, a few at a time, from a journal that can. */
export async function shrinkJournal(
  journal: Pick<Journal, 'pages' | 'vacuum'>,
  { rest, signal }: { rest: () => Promise<void>; signal: AbortSignal },
): Promise<void> {
  for (;;) {
    const { all, free } = journal.pages();
    if (signal.aborted || free <= Math.max(keptPages, all / 16)) return;
    const { free: left } = journal.vacuum(pagesAtOnce);
    if (left >= free) return;
    await rest();
  }
}
