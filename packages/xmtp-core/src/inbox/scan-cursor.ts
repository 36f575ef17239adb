import { wallClock } from '@xmtp-messaging/errors';
import type { Journal } from '../journal/open-journal.ts';

const key = 'cursor-ns';
/** How long a row may take from its time stamp to being visible, and how far our clock may be pulled back unseen. */
const marginNs = 60_000_000_000n;

/** Longer than any pause between two scans: how far back the first scan of a process looks at least. */
const sinceStartMs = 600_000;

/** What is known of time besides the cursor. */
export interface CursorOptions {
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
  /** Time elapsed since the last complete scan of this process began, milliseconds. @default 600_000 */
  sinceMs?: number | undefined;
}

/**
 * From which insertion time a scan reads. The SDK stamps rows with 0 to 60 seconds more than the true time
 * (it counts the seconds of the minute twice), never less: so the cursor is our own clock at the start of the last
 * complete scan, less a margin, and ids make repeats harmless. Never the newest stamp seen.
 */
export function readCursor(journal: Pick<Journal, 'getMeta'>, options: CursorOptions = {}): bigint {
  const { now = wallClock, sinceMs = sinceStartMs } = options;
  const stored = hasCursor(journal) ? BigInt(journal.getMeta(key)!) : 0n;
  // The clock may have been set back since; what was inserted from then on is stamped earlier than the cursor.
  const latest = BigInt(Math.floor(now() - sinceMs)) * 1_000_000n - marginNs;
  return stored < latest ? stored : latest;
}

/** @param startedAt Milliseconds since the epoch, read before the scan began. */
export function writeCursor(journal: Journal, startedAt: number): bigint {
  const cursor = BigInt(Math.floor(startedAt)) * 1_000_000n - marginNs;
  journal.setMeta(key, String(cursor));
  return cursor;
}

export function hasCursor(journal: Pick<Journal, 'getMeta'>): boolean {
  return /^\d{1,30}$/.test(journal.getMeta(key) ?? '');
}
