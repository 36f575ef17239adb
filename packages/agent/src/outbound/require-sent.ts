import type { SendResult } from '@xmtp-messaging/xmtp-core';
import { AgentError } from '../errors.ts';

/** Sent is what the network has accepted. @throws AgentError OUTCOME_UNKNOWN */
export function requireSent(result: SendResult, options: { key: string; hint: string }): void {
  if (result.status === 'sent') return;
  throw new AgentError({
    code: 'OUTCOME_UNKNOWN',
    metaMessages: [options.hint],
    retryAfterSeconds: 5,
    facts: { id: result.messageId, conversationId: result.conversationId, idempotencyKey: options.key },
  });
}
