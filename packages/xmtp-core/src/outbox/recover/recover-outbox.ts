import type { Journal } from '../../journal/open-journal.ts';
import type { NativeClient } from '../../sdk/native-client.ts';
import type { Digests } from '../create-digests.ts';
import { matchIntents } from './match-intents.ts';
import { createOutboundItem, type OutboundItem } from '../create-outbound-item.ts';
import type { ReadySend } from '../create-sends.ts';
import type { OutboundRow, OutboundStore } from '../create-outbound-store.ts';
import type { TakeBackIntents } from './create-take-back-intents.ts';
import { unclaimedMessages } from './unclaimed-messages.ts';

/**
 * Finds out what a crash left open. An intent whose message was stored gets its id, so its key can never make a second one.
 * An intent whose message was not stored is taken back: nobody was told that it was accepted, and its text is gone.
 */
export async function recoverOutbox(options: {
  client: NativeClient;
  journal: Journal;
  outbound: OutboundStore;
  digests: Digests;
  now: () => number;
  takeBackIntents: TakeBackIntents;
}): Promise<ReadySend[]> {
  const { client, journal, outbound, digests, now } = options;
  const rows = outbound.open();
  await options.takeBackIntents(rows.map((row) => row.conversationId));
  const intents = Map.groupBy(
    rows.filter((row) => row.state === 'intent'),
    (row) => row.conversationId,
  );
  for (const [conversationId, group] of intents) {
    const conversation = await client.exactConversation(conversationId);
    const since = Math.min(...group.map((row) => row.createdAt));
    const unclaimed =
      conversation === null ? [] : await unclaimedMessages({ client, outbound, digests }, conversation, since);
    for (const [id, messageId] of matchIntents(group, unclaimed)) {
      if (messageId === null) outbound.remove(id);
      else outbound.setStored(id, messageId);
    }
  }
  journal.flush();
  const open: ReadySend[] = [];
  for (const row of outbound.open()) {
    const conversation = await client.exactConversation(row.conversationId);
    if (conversation === null || row.messageId === null || client.message(row.messageId) === null) {
      outbound.settle(row.id, 'failed', now());
    } else open.push({ conversation, item: toItem(row) });
  }
  return open;
}

/** A send whose message the SDK has: only to be published. */
export function toItem(row: OutboundRow): OutboundItem {
  const item = createOutboundItem({ ...row, rowId: row.id, isDurable: true, content: null });
  item.createdAt = row.createdAt;
  item.markStored();
  return item;
}
