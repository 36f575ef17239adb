import { BaseError } from '@xmtp-messaging/errors';

/** Why an attempt did not reach the agent. */
export type DeliveryErrorCode =
  /** The place is one that deliveries may not reach. */
  | 'TARGET_REFUSED'
  /** No connection, or it broke. */
  | 'UNREACHABLE'
  /** No complete answer in time. */
  | 'TIMEOUT'
  /** The answer is larger than any reply may be, as it came or inflated. */
  | 'ANSWER_TOO_LARGE'
  /** Its bytes cannot be turned into text. */
  | 'ANSWER_UNREADABLE';

/** Thrown by `sendRequest`. The message names no query string and no body. */
export class DeliveryError extends BaseError<DeliveryErrorCode> {
  override readonly name = 'DeliveryError';
}
