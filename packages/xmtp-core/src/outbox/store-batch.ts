import { fromSdkError, isDatabaseBusy } from '../sdk/classify-error.ts';
import type { Journal } from '../journal/open-journal.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { EncodedContent, NativeConversation } from '../sdk/native-types.ts';
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
 * Puts messages into the SDK's database and their ids into the journal, both before anything is published.
 *
 * One message alone is prepared without the SDK's own intent: until we publish it, nobody will, so the journal may follow.
 * Several are stored with intents, so that one publication carries them all; but from then on any sync may publish
 * them. Their rows are therefore journaled first, and a crash in between is repaired by matching (match-intents).
 *
 * Only what somebody may ask for again after a crash must be on disk at these points.
 */
export async function storeBatch(
  options: StoreBatchOptions,
  conversation: NativeConversation,
  items: readonly OutboundItem[],
): Promise<void> {
  const [only] = items;
  if (items.length === 1 && only !== undefined && only.content?.replyTo === null) {
    await storeSingle(options, conversation, only, only.content);
    return;
  }
  await storeMany(options, conversation, items);
}

async function storeSingle(
  { client, journal, outbound, now }: StoreBatchOptions,
  conversation: NativeConversation,
  item: OutboundItem,
  content: OutboundContent,
): Promise<void> {
  try {
    const messageId = await retryBusy(async () => conversation.prepareMessage(encode(client, content), true));
    item.rowId = outbound.insert({ ...item, messageId, state: 'stored', createdAt: now() });
    if (item.isDurable) journal.flush();
    item.messageId = messageId;
    item.markStored();
  } catch (error) {
    item.settle({ status: 'failed', error: fromSdkError(error) });
  }
}

async function storeMany(
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
    const encoded = encode(client, content);
    if (content.replyTo === null) return await conversation.send(encoded, { shouldPush: true, optimistic: true });
    return await conversation.sendReply({ content: encoded, reference: content.replyTo }, true);
  });
}

function encode(client: NativeClient, { text, contentType }: OutboundContent): EncodedContent {
  return contentType === 'markdown' ? client.encodeMarkdown(text) : client.encodeText(text);
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
