import type { InboundText } from '../src/boundary/headers.ts';

/** A message for tests, with what is given in place. */
export function sampleMessage(given: Partial<InboundText & { text: string; senderAddress: string }> = {}) {
  return {
    messageId: 'ab12'.repeat(16),
    text: 'Hello',
    senderAddress: '0x52908400098527886E0F7030069857D2E4169EE7',
    senderInboxId: '5e'.repeat(32),
    sender: 'allowlisted' as const,
    conversationId: 'c0'.repeat(16),
    conversationType: 'dm' as const,
    sentAt: Date.UTC(2026, 0, 2, 3, 4, 5),
    receivedAt: Date.UTC(2026, 0, 2, 3, 4, 6),
    contentType: 'xmtp.org/text:1.0',
    ...given,
  } satisfies InboundText;
}
