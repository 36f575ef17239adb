import { backoffMs } from '@xmtp-messaging/errors';
import { mailboxError } from '../errors.ts';
import type { Journal } from '../journal/open-journal.ts';
import { fromSdkError, isDatabaseBusy, sdkReason } from '../sdk/classify-error.ts';
import type { Conversation, StoredContent, StoreMode } from '../sdk/conversation.ts';
import type { MailboxEvent } from '../types.ts';
import { pause } from '../util/pause.ts';
import type { Digests } from './create-digests.ts';
import type { OutboundItem } from './create-outbound-item.ts';
import type { OutboundStore } from './create-outbound-store.ts';

/** What becomes of sends, in our journal and in the SDK's database, in the order of these functions. */
export interface SendRecords {
  /**
   * Journals what is about to be stored. From the store on any sync may publish it, so it must outlive this process before:
   * a crash in between is repaired by matching (match-intents). What somebody may ask for again is on disk as well; what is to
   * be parked, which goes out by its id alone, is brought there together with that id.
   * Rejects when nothing of it may be stored.
   */
  announce(items: readonly OutboundItem[], mode: StoreMode): Promise<void>;
  /**
   * Puts announced messages into the SDK's database. The SDK's own commits do not wait for the disk, so after a power cut
   * there may be nothing to match: the ids that somebody may ask for again are on disk before anything is published.
   */
  store(conversation: Conversation, items: readonly OutboundItem[], mode: StoreMode): Promise<void>;
  settle(item: OutboundItem, state: 'sent' | 'failed'): void;
  /** Takes back what was never stored. */
  remove(item: OutboundItem): void;
}

export interface SendRecordsOptions {
  journal: Journal;
  outbound: OutboundStore;
  digests: Digests;
  /** Finds a message of ours that the SDK stored and the journal does not know. */
  findStored: (conversation: Conversation, item: OutboundItem) => Promise<string | null>;
  now: () => number;
  random: () => number;
  /** Ends waiting for a busy database. */
  signal: AbortSignal;
  onEvent: (event: MailboxEvent) => void;
}

const busyAttempts = 5;

export function createSendRecords(options: SendRecordsOptions): SendRecords {
  const { journal, outbound, digests, findStored, now, random, signal, onEvent } = options;

  /** "database is locked" passes: other connections of the SDK hold it for moments. */
  const retryBusy = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt > busyAttempts || signal.aborted || !isDatabaseBusy(error)) throw error;
        await pause(backoffMs(attempt, { baseMs: 40, random }), signal);
      }
    }
  };

  const storeOne = async (conversation: Conversation, item: OutboundItem, content: StoredContent, mode: StoreMode) => {
    let failed = false;
    return await retryBusy(async () => {
      // A call that failed may still have stored its row; storing it again would make two messages.
      const earlier = failed ? await findStored(conversation, item) : null;
      if (earlier !== null) return earlier;
      failed = true;
      return await conversation.store(content, mode);
    });
  };

  /** What cannot be written is looked at again when somebody asks for it, or by the next start. */
  const tryTo = (write: () => void) => {
    try {
      write();
    } catch (error) {
      onEvent({ level: 'warn', name: 'send-not-recorded', details: { reason: sdkReason(error) } });
    }
  };

  /** Announced, to be asked for again, and not on disk: nobody may publish these before they are. */
  const volatile = new WeakSet<OutboundItem>();

  /** Brings what somebody may ask for again to the disk, with its id. What was not there before and cannot be brought is given up. */
  const keep = async (items: readonly OutboundItem[]) => {
    if (!items.some(({ isDurable }) => isDurable)) return;
    try {
      await journal.flushSoon();
    } catch (cause) {
      for (const item of items) {
        if (!volatile.has(item) || item.messageId === null) continue;
        item.messageId = null;
        orNothing(() => outbound.remove(item.rowId!));
        item.settle({ status: 'failed', error: mailboxError('SDK_FAILED', { cause }) });
      }
    }
  };

  return {
    async announce(items, mode) {
      try {
        for (const item of items) {
          if (item.content !== null) item.contentDigest = digests.content(item.content);
          item.createdAt = now();
          item.rowId = outbound.insert({ ...item, messageId: null, state: 'intent' });
        }
        const durable = items.filter(({ isDurable }) => isDurable);
        if (mode === 'queued' && durable.length > 0) await journal.flushSoon();
        else journal.commit();
        if (mode === 'parked') for (const item of durable) volatile.add(item);
      } catch (error) {
        for (const { rowId } of items) if (rowId !== null) orNothing(() => outbound.remove(rowId));
        throw error;
      }
    },
    async store(conversation, items, mode) {
      for (const item of items) item.isStoring = true;
      for (const item of items) {
        if (item.content === null || item.rowId === null) continue;
        try {
          item.messageId = await storeOne(conversation, item, item.content, mode);
        } catch (error) {
          item.messageId = await findStored(conversation, item).catch(() => null);
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
      await keep(items);
      for (const item of items) item.markStored();
    },
    settle(item, state) {
      const { rowId } = item;
      if (rowId !== null) tryTo(() => outbound.record({ ...item, id: rowId, state, settledAt: now() }));
    },
    remove({ rowId }) {
      if (rowId !== null) tryTo(() => outbound.remove(rowId));
    },
  };
}

function orNothing(write: () => void): void {
  try {
    write();
  } catch {
    // The journal reports its failures itself.
  }
}
