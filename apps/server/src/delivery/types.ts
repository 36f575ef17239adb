import type { DeliveryOutcome, DeliveryStatus } from '@xmtp-messaging/xmtp-core';
import type { AgentMessage } from '../agent/message-view.ts';

/** What became of one attempt. */
export type ChannelOutcome =
  /** The agent has it. `reply` goes back to the sender; `null` when there is none. */
  { kind: 'delivered'; reply: string | null } | Extract<DeliveryOutcome, { kind: 'failed' | 'refused' | 'gone' }>;

/** A way to the agent. */
export interface Channel {
  readonly kind: 'webhook' | 'rest-ap';
  /** Never throws but for `signal`. */
  deliver(message: AgentMessage, options: { signal: AbortSignal; attempt: number }): Promise<ChannelOutcome>;
  close(): void;
}

/** Where pushed deliveries stand. */
export interface PushStatus extends DeliveryStatus {
  channel: Channel['kind'];
  /** Conversations that the loop guard makes wait. */
  heldBack: number;
}
