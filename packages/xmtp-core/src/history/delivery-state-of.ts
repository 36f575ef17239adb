import { wallClock } from '@xmtp-messaging/errors';
import { idempotencyRetentionMs } from '../constants.ts';
import type { OutboundRow } from '../outbox/create-outbound-store.ts';
import type { StoredMessage } from '../sdk/conversation.ts';
import type { OutboundMessage } from './history-types.ts';

/** How far one of our own messages came, by the database, and by the journal, which forgets a send some time after it is settled. */
export function deliveryStateOf(
  message: Pick<StoredMessage, 'isPublished' | 'sentAtNs'> | null,
  row: Pick<OutboundRow, 'state'> | null,
): OutboundMessage['deliveryState'] {
  if (message?.isPublished ?? row?.state === 'sent') return 'sent';
  if (row !== null) return row.state === 'failed' || row.state === 'unknown' ? row.state : 'sending';
  // Nothing is on its way for so long without a row that says so.
  const isLongAgo = message !== null && wallClock() - Number(message.sentAtNs / 1_000_000n) > idempotencyRetentionMs;
  return isLongAgo ? 'failed' : 'sending';
}
