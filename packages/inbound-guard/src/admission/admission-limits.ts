import type { RateLimit } from '@xmtp-messaging/errors';

/** How much is heard. */
export interface AdmissionLimits {
  /** Encoded size of one message in bytes; larger ones are refused. @default 65_536 */
  maxBytes: number;
  /** The same for a sender on the allowlist. @default as `maxBytes` */
  allowlistedMaxBytes: number;
  /** Messages of one sender on the allowlist. @default burst 10, 0.2 per second */
  allowlistedSender: RateLimit;
  /** Messages of one unknown sender. @default burst 5, 1 in 30 seconds */
  unknownSender: RateLimit;
  /**
   * Messages of all unknown senders together, since inboxes cost nothing. Half of it is kept for those who were not
   * heard before. @default burst 20, 0.2 per second
   */
  unknownTotal: RateLimit;
  /** How long an unknown sender counts as heard before, in milliseconds. @default 86_400_000 */
  unknownMemoryMs: number;
  /** All messages. @default burst 60, 1 per second */
  total: RateLimit;
  /** Bytes of one sender. @default burst 65_536, 1_024 per second */
  senderBytes: RateLimit;
  /** How long a message id is remembered, in milliseconds. @default 1_200_000 */
  dedupeMs: number;
  /** How many message ids are remembered. @default 5_000 */
  dedupeIds: number;
  /** Senders whose use is tracked. @default 10_000 */
  tracked: number;
}

/** The defaults of `AdmissionOptions.limits`. */
export const admissionLimits: AdmissionLimits = {
  maxBytes: 65_536,
  allowlistedMaxBytes: 65_536,
  allowlistedSender: { burst: 10, perSecond: 0.2 },
  unknownSender: { burst: 5, perSecond: 1 / 30 },
  unknownTotal: { burst: 20, perSecond: 0.2 },
  unknownMemoryMs: 24 * 3_600_000,
  total: { burst: 60, perSecond: 1 },
  senderBytes: { burst: 65_536, perSecond: 1_024 },
  dedupeMs: 20 * 60_000,
  dedupeIds: 5_000,
  tracked: 10_000,
};
