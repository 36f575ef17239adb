import type { AgentMessage, Answer, MessageDelivery } from '@xmtp-messaging/agent';
import type { DeliveryOutcome } from '@xmtp-messaging/xmtp-core';

/** What became of one attempt. */
export type ChannelOutcome =
  /** The agent has it. `reply`, one or several, goes back to the sender; `null` when there is none. */
  | { kind: 'delivered'; reply: string | readonly Answer[] | null }
  | Extract<DeliveryOutcome, { kind: 'failed' | 'refused' | 'gone' }>;

/** A way to the agent. */
export interface Channel {
  readonly kind: 'webhook' | 'rest-ap' | 'exec';
  /** Never throws but for `signal`. */
  deliver(message: AgentMessage, options: { signal: AbortSignal; attempt: number }): Promise<ChannelOutcome>;
  close(): void;
}

/** Where pushed deliveries stand. */
export type PushStatus = ReturnType<MessageDelivery['status']> & { channel: Channel['kind'] };
