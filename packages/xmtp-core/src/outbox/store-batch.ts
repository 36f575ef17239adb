import { fromSdkError, isDatabaseBusy } from '../sdk/classify-error.ts';
import type { Journal } from '../journal/open-journal.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { NativeConversation } from '../sdk/native-types.ts';
import type { Digests, OutboundContent } from './digests.ts';
import type { OutboundItem } from './outbound-item.ts';
import type { OutboundStore } from './outbound-store.ts';

export interface StoreBatchOptions {
  client: NativeClient;
  journal: Journal;
  outbound: OutboundStore;
  digests: Digests;
  now: () => number;
  /** Finds a message of ours that the SDK stored and the journal does not know. */
  findStored: (conversation: NativeConversation, item: OutboundItem) => Promise<string | null>;
}

/**
 * Puts messages into the SDK's database, each with the SDK's intent to publish it, so that one publication carries them
 * all. From then on any sync may publish them: their rows are journaled first, and a crash in between is repaired by
 * matching (match-intents). The SDK's own commits do not wait for the disk, so after a power cut there may be nothing to
 * match: the ids follow before anything is published. Only what somebody may ask for again must be on disk at these points.
 */
export async function storeBatch(
  options: StoreBatchOptions,
  conversation: NativeConversation,
  items: readonly OutboundItem[],
): Promise<void> {
  const { journal, outbound, digests, now } = options;
  for (const item of items) {
    if (item.content !== null) item.contentDigest = digests.content(item.content);
    item.rowId = outbound.insert({ ...item, messageId: null, state: 'intent', createdAt: now() });
  }
  const isDurable = items.some((item) => item.isDurable);
  if (isDurable) journal.flush();
  for (const item of items) {
    if (item.content === null || item.rowId === null) continue;
    try {
      item.messageId = await storeOne(options, conversation, item, item.content);
      outbound.setStored(item.rowId, item.messageId);
    } catch (error) {
      const stored = await options.findStored(conversation, item).catch(() => null);
      if (stored !== null) {
        item.messageId = stored;
        outbound.setStored(item.rowId, stored);
        continue;
      }
      outbound.remove(item.rowId);
      item.settle({ status: 'failed', error: fromSdkError(error) });
    }
  }
  if (isDurable) journal.flush();
  for (const item of items) item.markStored();
}

async function storeOne(
  { client, findStored }: StoreBatchOptions,
  conversation: NativeConversation,
  item: OutboundItem,
  content: OutboundContent,
): Promise<string> {
  let failed = false;
  return await retryBusy(async () => {
    // A call that failed may still have stored its row; storing it again would make two messages.
    const earlier = failed ? await findStored(conversation, item) : null;
    if (earlier !== null) return earlier;
    failed = true;
    const { text, contentType, replyTo } = content;
    const isMarkdown = contentType === 'markdown';
    if (replyTo !== null) {
      const encoded = isMarkdown ? client.encodeMarkdown(text) : client.encodeText(text);
      return await conversation.sendReply({ content: encoded, reference: replyTo }, true);
    }
    return await (isMarkdown ? conversation.sendMarkdown(text, true) : conversation.sendText(text, true));
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
