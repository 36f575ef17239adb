import type { Address, DeliveryState, InboundRecord } from '../types.ts';

/** A row of the table `inbound`. */
export function toInboundRecord(row: Record<string, unknown>): InboundRecord {
  return {
    seq: Number(row['seq']),
    messageId: String(row['message_id']),
    conversationId: String(row['conversation_id']),
    conversationType: row['conversation_type'] as InboundRecord['conversationType'],
    senderInboxId: String(row['sender_inbox_id']),
    senderAddresses: JSON.parse(String(row['sender_addresses'])) as Address[],
    contentType: String(row['content_type']),
    contentBytes: Number(row['content_bytes']),
    sentAt: Number(row['sent_at']),
    receivedAt: Number(row['received_at']),
    sender: row['sender'] as InboundRecord['sender'],
    historical: row['historical'] === 1,
    knock: row['knock'] === 1,
    expiresAt: row['expires_at'] as number | null,
    state: row['state'] as DeliveryState,
    attempts: Number(row['attempts']),
    nextAttemptAt: row['next_attempt_at'] as number | null,
    lastError: row['last_error'] as string | null,
  };
}
