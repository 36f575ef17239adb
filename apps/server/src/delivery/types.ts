import type { AgentMessage } from '../agent/message-view.ts';

/** What became of one attempt. */
export type DeliveryOutcome =
  /** The agent has it. `reply` goes back to the sender; `null` when there is none. */
  | { kind: 'delivered'; reply: string | null }
  /** Try again, not before `retryAfterMs` if the agent asked for that. */
  | { kind: 'failed'; error: string; retryAfterMs?: number | undefined }
  /** It does not want this message, or answers what cannot be understood: final after `attempts` of these in a row. */
  | { kind: 'refused'; error: string; attempts: number }
  /** The agent said that it wants nothing more, ever. */
  | { kind: 'gone'; error: string };

/** A way to the agent. */
export interface Channel {
  readonly kind: 'webhook' | 'rest-ap';
  /** Never throws but for `signal`. */
  deliver(message: AgentMessage, options: { signal: AbortSignal; attempt: number }): Promise<DeliveryOutcome>;
  close(): void;
}
