import type { Journal } from '../journal/open-journal.ts';
import { isDatabaseBusy } from '../sdk/classify-error.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { MailboxEvent } from '../types.ts';
import { createCoalescer } from '../util/coalesce.ts';
import type { AcceptPage } from './accept-page.ts';
import type { BookedConversation, ConversationBook } from './conversation-book.ts';
import type { PassedStore } from './passed-store.ts';
import { readCursor, writeCursor } from './scan-cursor.ts';
import { scanConversation } from './scan-conversation.ts';

/** Brings messages from the network into the journal. */
export interface Receiver {
  /** Something was posted to a group. */
  refresh(groupId: string): Promise<void>;
  /** Somebody may have opened a conversation with us. Returns the group ids that are new. */
  welcome(): Promise<string[]>;
  /** Syncs everything and scans everything. Rejects when the network could not be asked. */
  reconcile(): Promise<{ accepted: number; found: string[] }>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

const hourMs = 3_600_000;
const fullListingEveryMs = 300_000;

export function createReceiver(options: {
  client: NativeClient;
  journal: Journal;
  passed: PassedStore;
  book: ConversationBook;
  acceptPage: AcceptPage;
  onConversationFailure: (conversation: BookedConversation, error: unknown) => Promise<void>;
  onEvent: (event: MailboxEvent) => void;
  now: () => number;
}): Receiver {
  const { client, journal, passed, book, acceptPage } = options;
  const work = createCoalescer(4);
  let listedAt = Number.NEGATIVE_INFINITY;

  const scan = async (conversation: BookedConversation, insertedAfterNs: bigint | null) =>
    scanConversation({ conversation, ownInboxId: client.inboxId, acceptPage, insertedAfterNs });

  const syncOne = async (conversation: BookedConversation) => {
    try {
      await conversation.native.sync();
      conversation.syncedAt = options.now();
      conversation.failures = 0;
    } catch (error) {
      if (isDatabaseBusy(error)) throw error;
      await options.onConversationFailure(conversation, error);
    }
  };

  const refresh = async (groupId: string) => {
    const conversation = book.get(groupId);
    if (conversation === undefined) return;
    await work.run(conversation.groupId, async () => {
      await syncOne(conversation);
      const quick = conversation.lastSentNs !== null;
      await scan(conversation, quick ? null : readCursor(journal));
    });
  };

  const welcome = async () => {
    await client.syncWelcomes();
    const found = await book.discover({ full: false });
    await Promise.all(found.map(refresh));
    return found;
  };

  // syncAll hides the failure of a single conversation; each is asked by itself at least hourly.
  const syncSome = async (intervalMs: number) => {
    const now = options.now();
    const waiting = book
      .all()
      .filter((c) => now - c.syncedAt >= hourMs / 2 && c.restUntil <= now)
      .toSorted((a, b) => a.syncedAt - b.syncedAt);
    const share = Math.max(1, Math.ceil((book.all().length * intervalMs) / (hourMs / 2)));
    for (const conversation of waiting.slice(0, share))
      await work.run(conversation.groupId, () => syncOne(conversation));
  };

  return {
    refresh,
    welcome,
    async reconcile() {
      const cursorNs = readCursor(journal);
      // Before the sync: whatever is inserted from now on belongs to the next scan as well.
      const startedAt = Date.now();
      await client.syncWelcomes();
      const full = performance.now() - listedAt > fullListingEveryMs;
      const found = await book.discover({ full });
      if (full) listedAt = performance.now();
      await client.syncAll();
      await syncSome(15_000);
      let accepted = 0;
      let complete = true;
      await Promise.all(
        book.all().map((conversation) =>
          work.run(conversation.groupId, async () => {
            const result = await scan(conversation, cursorNs);
            accepted += result.accepted;
            complete &&= result.complete;
          }),
        ),
      );
      if (complete) {
        const nextNs = writeCursor(journal, startedAt);
        passed.prune(nextNs - hourNs);
      }
      journal.flush();
      return { accepted, found };
    },
    idle: () => work.idle(),
  };
}

const hourNs = 3_600_000_000_000n;
