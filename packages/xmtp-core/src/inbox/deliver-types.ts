import type { InboundMessage } from './message-types.ts';

/** What became of one attempt to hand a message over. */
export type DeliveryOutcome =
  /** The agent has it; nothing returned means the same. */
  | { kind: 'delivered' }
  /** Try again, not before `retryAfterMs` if the agent asked for that. A handler that throws says the same. */
  | { kind: 'failed'; error: string; retryAfterMs?: number | undefined }
  /** The agent does not want this message: final after `attempts` of these in a row. */
  | { kind: 'refused'; error: string; attempts: number }
  /** No further attempt can help: a dead letter, at once. */
  | { kind: 'dead'; error: string }
  /** Not now. Costs no attempt; `reason` becomes the `lastError` of the message. */
  | { kind: 'postponed'; reason: string; waitMs: number }
  /** The agent wants nothing more: nothing is offered until `retry`, or the next start. Costs no attempt. */
  | { kind: 'gone'; error: string };

/** What a handler is told beside the message. */
export interface DeliveryContext {
  /** Aborted when the deliveries stop, or this attempt took too long; what is returned after that is not looked at. */
  signal: AbortSignal;
  /** Counts from 1, over restarts. */
  attempt: number;
}

/** Takes one message. Resolving is taking it over; it must be ready to see the same id again after a crash. */
export type DeliveryHandler = (
  message: InboundMessage,
  context: DeliveryContext,
) => Promise<DeliveryOutcome | void> | DeliveryOutcome | void;

/** How to deliver. */
export interface DeliverOptions {
  /** Conversations served side by side. @default 8 */
  concurrency?: number | undefined;
  /** Failed attempts before a message becomes a dead letter. @default 20, which take about half an hour */
  maxAttempts?: number | undefined;
  /** Pause after the first failure, milliseconds; doubled with each, up to three minutes. @default 1_000 */
  retryBaseMs?: number | undefined;
  /** Limit of one attempt, milliseconds; `Infinity` for a handler that has limits of its own. @default 3_600_000 */
  timeoutMs?: number | undefined;
  /** Stops the deliveries, as `stop({ timeoutMs: 0 })` does. */
  signal?: AbortSignal | undefined;
}

/** Where deliveries stand. */
export interface DeliveryStatus {
  /** `disabled`: the agent wants nothing more, and is left alone until `retry`, or until the next start. */
  state: 'running' | 'disabled' | 'stopped';
  /** Messages that a handler has now. */
  inFlight: number;
  /** Conversations whose oldest message failed and waits for another attempt. */
  failing: number;
  /** Of the last failed attempt, past or not; `at` in milliseconds since the epoch. `null` for none yet. */
  lastError: { message: string; at: number } | null;
  /** Milliseconds since the epoch; `null` for not since these deliveries began. */
  lastDeliveredAt: number | null;
}

/** Deliveries under way. */
export interface Delivery {
  /** Cheap and local. */
  status(): DeliveryStatus;
  /** Looks for work now. */
  wake(): void;
  /** Tries everything that waits for a later attempt now, also what is `disabled`. Returns how many messages that are. */
  retry(): number;
  /**
   * Lets what is under way finish within `timeoutMs`, then breaks it off; those messages stay pending. Idempotent.
   * @param options.timeoutMs default 5_000
   */
  stop(options?: { timeoutMs?: number | undefined }): Promise<void>;
}
