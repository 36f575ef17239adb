import { createBucketTable } from './create-bucket-table.ts';
import { createGcra } from '@xmtp-messaging/errors';
import type { AdmissionLimits } from './admission-limits.ts';
import { createStrangerBudget } from './create-stranger-budget.ts';
import type { AdmissionEnvelope, RefusalReason } from './verdict.ts';

/** What one sender has used. */
interface SenderBuckets {
  messages: number;
  bytes: number;
}

/** Charges all limits that concern a message, or none. */
export interface RateLimiter {
  /** `null` when there was enough in every bucket, which is then charged; else the first limit in the way. */
  take(envelope: AdmissionEnvelope, sender: 'allowlisted' | 'unknown', now: number): RefusalReason | null;
  size(): number;
}

/**
 * A refusal is not charged and does not prolong itself. A sender for whom the table has no room shares the common
 * buckets with all others, and has no limit of its own until others have been silent long enough.
 */
export function createRateLimiter(limits: AdmissionLimits): RateLimiter {
  const gcra = {
    allowlisted: createGcra(limits.allowlistedSender),
    unknown: createGcra(limits.unknownSender),
    bytes: createGcra(limits.senderBytes),
    total: createGcra(limits.total),
  };
  const senders = createBucketTable<SenderBuckets>({
    capacity: limits.tracked,
    fullAt: ({ messages, bytes }) => Math.max(messages, bytes),
  });
  const strangers = createStrangerBudget({
    limit: limits.unknownTotal,
    memoryMs: limits.unknownMemoryMs,
    capacity: limits.tracked,
  });
  let total = 0;

  return {
    take({ senderInboxId, contentBytes }, sender, now) {
      const key = senderInboxId.toLowerCase();
      const own = senders.get(key) ?? { messages: 0, bytes: 0 };
      const messages = gcra[sender].take(own.messages, now);
      if (messages === null) return 'sender-rate';
      const bytes = gcra.bytes.take(own.bytes, now, contentBytes);
      if (bytes === null) return 'sender-bytes';
      const charge = sender === 'unknown' ? strangers.take(key, now) : () => {};
      if (charge === null) return 'unknown-rate';
      const totalNext = gcra.total.take(total, now);
      if (totalNext === null) return 'total-rate';
      if (senders.hasRoom(key, now)) senders.set(key, { messages, bytes });
      charge();
      total = totalNext;
      return null;
    },
    size: () => senders.size(),
  };
}
