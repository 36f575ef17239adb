import type { AgentMessage } from '@xmtp-messaging/agent';

/** What an agent gets for a message, whatever wakes it. */
export function webhookPayload(message: AgentMessage, attempt: number) {
  return { type: 'message.received', timestamp: message.receivedAt, attempt, data: message };
}
