import type { AgentMessage } from '../src/index.ts';

export function sampleMessage(facts: Partial<AgentMessage> = {}): AgentMessage {
  return {
    seq: 1,
    id: 'ab'.repeat(32),
    conversationId: 'c0'.repeat(16),
    conversationType: 'dm',
    direction: 'in',
    from: {
      address: '0x52908400098527886E0F7030069857D2E4169EE7',
      addresses: ['0x52908400098527886E0F7030069857D2E4169EE7'],
      inboxId: '33'.repeat(32),
      name: 'alice.eth',
      nameKind: 'name',
      nameVerified: true,
      sender: 'allowlisted',
    },
    contentType: 'xmtp.org/text:1.0',
    sentAt: '2026-01-01T00:00:00.000Z',
    receivedAt: '2026-01-01T00:00:01.000Z',
    historical: false,
    knock: false,
    replyTo: null,
    state: 'pending',
    attempts: 0,
    lastError: null,
    text: '<untrusted_xmtp_message id="0">\nab| Hello\n</untrusted_xmtp_message id="0">',
    boundary: { id: '0', mode: 'delimit' },
    findings: [],
    taint: { source: 'xmtp', sender: 'allowlisted', authority: 'none', messageId: 'ab'.repeat(32) },
    ...facts,
  };
}
