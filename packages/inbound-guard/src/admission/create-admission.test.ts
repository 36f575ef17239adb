import { expect, test } from 'vitest';
import { createAdmission } from './create-admission.ts';

const envelope = {
  messageId: 'm1',
  conversationId: 'c1',
  conversationType: 'dm' as const,
  senderInboxId: 'alice',
  senderAddresses: ['0xA'],
  contentType: 'xmtp.org/text:1.0',
  contentBytes: 10,
};

test('closed unless told otherwise; a stranger leaves no state', () => {
  const admission = createAdmission({ self: 'me', isAllowed: () => false });
  expect(admission.admit(envelope)).toEqual({ admit: false, reason: 'not-listed' });
  expect(admission.size()).toBe(0);
});

test('hears a listed sender, by lower-case address', () => {
  const admission = createAdmission({ self: 'me', isAllowed: (address) => address === '0xa' });
  expect(admission.admit(envelope)).toEqual({ admit: true, sender: 'allowlisted' });
});
