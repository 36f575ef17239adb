import type { Coalescer } from '../util/create-coalescer.ts';
import { createSlots } from '../util/create-slots.ts';
import { chooseForSync } from './choose-for-sync.ts';
import type { BookedConversation } from './create-conversation-book.ts';
import type { ReceiverOptions } from './receiver-types.ts';
import type { ScanResult } from './scan-conversation.ts';
import { readCursor, writeCursor } from './scan-cursor.ts';

/** Conversations of a pass that wait for their turn side by side: whoever rings meanwhile waits behind these, and not behind all. */
const atOnce = 2;
const hourMs = 3_600_000;
const hourNs = 3_600_000_000_000n;

/** What one pass found. */
export interface PassResult {
  admitted: number;
  /** Everything was synced and read. */
  complete: boolean;
  /** The network had something new in some conversation, */
  withNews: boolean;
  /** and some of it was decided. */
  progress: boolean;
}

/** Syncs everything and reads everything, from where the last complete pass began. */
export interface FullPass {
  run(): Promise<PassResult>;
  /** Enters what the SDK knows. Asks nobody. */
  list(): Promise<void>;
  /** When the last complete pass began, by the elapsed clock; `-Infinity` before there was one. */
  startedAt(): number;
  /** What was inserted before was decided on by a complete pass of this process, nanoseconds; `null` before there was one. */
  scannedNs(): bigint | null;
  /** Where the next pass begins to read, by the database's time of insertion, nanoseconds. */
  cursor(): bigint;
}

/** What a pass is made of: `sync` and `scan` work on one conversation, `discover` enters what is new. */
export interface FullPassOptions extends Pick<
  ReceiverOptions,
  'client' | 'journal' | 'dropped' | 'book' | 'now' | 'elapsed'
> {
  work: Coalescer;
  sync: (conversation: BookedConversation) => Promise<boolean>;
  /** `lookedAt`: elapsed time before which nothing lay there unseen. */
  scan: (conversation: BookedConversation, insertedAfterNs: bigint, lookedAt: number) => Promise<ScanResult>;
  discover: () => Promise<string[]>;
  decideWaiting: () => Promise<{ admitted: number }>;
}

export function createFullPass(options: FullPassOptions): FullPass {
  const { client, journal, dropped, book, work, scan, discover, decideWaiting, now, elapsed } = options;
  const few = createSlots(atOnce);
  const inTurn = (
    conversations: readonly BookedConversation[],
    kind: string,
    task: (c: BookedConversation) => Promise<void>,
  ) => Promise.all(conversations.map((c) => few.run(() => work.run(c.groupId, kind, () => task(c)))));
  let listedAt = Number.NEGATIVE_INFINITY;
  /** Conversations that the SDK counts and the book leaves out, as of the last sync after a listing. */
  let unbooked = 0;
  let syncedSomeAt: number | undefined;
  /** When the last complete scan began; `undefined` before there was one. */
  let scannedAt: number | undefined;
  let scannedNs: bigint | null = null;
  const cursor = () =>
    readCursor(journal, { now, sinceMs: scannedAt === undefined ? undefined : elapsed() - scannedAt });

  // syncAll hides the failure of a single conversation.
  const syncSome = async (): Promise<boolean> => {
    const time = elapsed();
    const chosen = chooseForSync(book.all(), { now: time, sinceMs: time - (syncedSomeAt ?? time) });
    syncedSomeAt = time;
    let complete = true;
    const sync = async (conversation: BookedConversation) => {
      if (!(await options.sync(conversation))) complete = false;
    };
    await inTurn(chosen, 'sync', sync);
    return complete;
  };

  const list = async () => {
    await discover();
    listedAt = elapsed();
  };

  const lastStart = () => scannedAt ?? Number.NEGATIVE_INFINITY;

  const scanAll = async (cursorNs: bigint, lookedAt: number) => {
    const sum = { admitted: 0, dropped: 0, complete: true };
    const scanOne = async (conversation: BookedConversation) => {
      const result = await scan(conversation, cursorNs, lookedAt);
      sum.admitted += result.admitted;
      sum.dropped += result.dropped;
      sum.complete &&= result.complete;
    };
    await inTurn(book.all(), 'scan', scanOne);
    return sum;
  };

  return {
    cursor,
    list,
    scannedNs: () => scannedNs,
    startedAt: lastStart,
    async run() {
      const cursorNs = cursor();
      // Before the sync: whatever is inserted from now on belongs to the next scan as well.
      const startedAt = { wall: now(), elapsed: elapsed() };
      const lookedAt = lastStart();
      await client.syncWelcomes();
      // Who was welcomed since is seen by the number alone; listing costs the more the more there are.
      const { known, synced: withNews } = await client.syncAll();
      if (known - book.size() !== unbooked || elapsed() - listedAt > hourMs) {
        await list();
        unbooked = known - book.size();
      }
      const synced = await syncSome();
      const waited = await decideWaiting();
      const scanned = await scanAll(cursorNs, lookedAt);
      if (scanned.complete) {
        const nextNs = writeCursor(journal, startedAt.wall);
        scannedAt = startedAt.elapsed;
        scannedNs = synced ? nextNs : scannedNs;
        dropped.prune(nextNs - hourNs);
      }
      const admitted = waited.admitted + scanned.admitted;
      return {
        admitted,
        complete: scanned.complete && synced,
        withNews: withNews > 0,
        progress: admitted + scanned.dropped > 0,
      };
    },
  };
}
