import { fromSdkError, isDatabaseBusy } from '../sdk/classify-error.ts';
import type { Journal } from '../journal/open-journal.ts';
import type { Conversation, StoredContent, StoreMode } from '../sdk/conversation.ts';
import type { Digests } from './create-digests.ts';
import type { OutboundItem } from './create-outbound-item.ts';
import type { OutboundStore } from './create-outbound-store.ts';

export interface StoreBatchOptions {
  journal: Journal;
  outbound: OutboundStore;
  digests: Digests;
  now: () => number;
  /** Finds a message of ours that the SDK stored and the journal does not know. */
  findStored: (conversation: Conversation, item: OutboundItem) => Promise<string | null>;
}

/**
 * Journals what is about to be stored. From the store on any sync may publish it, so it must outlive this process before:
 * a crash in between is repaired by matching (match-intents).
 */
export function announceBatch({ journal, outbound, digests, now }: StoreBatchOptions, items: readonly OutboundItem[]) {
  try {
    for (const item of items) {
      if (item.content !== null) item.contentDigest = digests.content(item.content);
      item.createdAt = now();
      item.rowId = outbound.insert({ ...item, messageId: null, state: 'intent' });
    }
    journal.flush();
  } catch (error) {
    for (const { rowId } of items) if (rowId !== null) orNothing(() => outbound.remove(rowId));
    throw error;
  }
}

/**
 * Puts announced messages into the SDK's database. The SDK's own commits do not wait for the disk, so after a power cut
 * there may be nothing to match: the ids that somebody may ask for again are on disk before anything is published.
 */
export async function storeBatch(
  options: StoreBatchOptions,
  conversation: Conversation,
  items: readonly OutboundItem[],
  mode: StoreMode,
): Promise<void> {
  const { journal, outbound } = options;
  for (const item of items) item.isStoring = true;
  for (const item of items) {
    if (item.content === null || item.rowId === null) continue;
    try {
      item.messageId = await storeOne(options, conversation, item, item.content, mode);
    } catch (error) {
      item.messageId = await options.findStored(conversation, item).catch(() => null);
      if (item.messageId === null) {
        item.settle({ status: 'failed', error: fromSdkError(error) });
        // What cannot be taken back now is taken back by the next start: nothing was stored for it.
        orNothing(() => outbound.remove(item.rowId!));
        continue;
      }
    }
    // A journal that cannot be written knows of it by its announcement, and learns the rest when it is settled.
    orNothing(() => outbound.record({ ...item, id: item.rowId!, state: 'stored', settledAt: null }));
  }
  if (items.some((item) => item.isDurable)) orNothing(() => journal.flush());
  for (const item of items) item.markStored();
}

function orNothing(write: () => void): void {
  try {
    write();
  } catch {
    // The journal reports its failures itself.
  }
}

async function storeOne(
  { findStored }: StoreBatchOptions,
  conversation: Conversation,
  item: OutboundItem,
  content: StoredContent,
  mode: StoreMode,
): Promise<string> {
  let failed = false;
  return await retryBusy(async () => {
    // A call that failed may still have stored its row; storing it again would make two messages.
    const earlier = failed ? await findStored(conversation, item) : null;
    if (earlier !== null) return earlier;
    failed = true;
    return await conversation.store(content, mode);
  });
}

/** "database is locked" passes: other connections of the SDK hold it for moments. */
async function retryBusy<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 5 || !isDatabaseBusy(error)) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 20 * 2 ** attempt * (0.5 + Math.random()));
      });
    }
  }
}
