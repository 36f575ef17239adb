import { expect, test } from 'vitest';
import { xmtpText } from '../test/xmtp-text.ts';
import { isXmtpInstallationText, isXmtpSignatureText } from './xmtp-signature-text.ts';

const create = '- Create inbox\n  (Owner: 0x1234567890abcdef1234567890abcdef12345678)';
const grant = '- Grant messaging access to app\n  (ID: 010203)';
const revoke = '- Revoke messaging access from app\n  (ID: 010203)';
const link = '- Link address to inbox\n  (Address: 0x1234567890abcdef1234567890abcdef12345678)';
const recovery = '- Change inbox recovery address\n  (Address: 0x1234567890abcdef1234567890abcdef12345678)';

test('what a mailbox needs is accepted', () => {
  for (const text of [
    xmtpText(create, grant),
    xmtpText(grant),
    xmtpText(revoke, revoke, revoke),
    `${xmtpText(grant)}/`,
  ]) {
    expect([isXmtpInstallationText(text), isXmtpSignatureText(text)]).toEqual([true, true]);
  }
});

test('what gives others a say over the inbox is XMTP text, but not what a mailbox needs', () => {
  for (const text of [xmtpText(link), xmtpText(recovery), xmtpText(grant, link), xmtpText(recovery, grant)]) {
    expect([isXmtpInstallationText(text), isXmtpSignatureText(text)]).toEqual([false, true]);
  }
});

test.each([
  ['nothing', ''],
  ['another message', 'Sign in to example.org'],
  ['something before it', ` ${xmtpText(grant)}`],
  ['something after it', `${xmtpText(grant)}\n`],
  ['an unknown action', xmtpText('- Transfer all funds\n  (To: 0x12)')],
  ['an action hidden in a detail', xmtpText('- Create inbox\n  (Owner: x)\n- Link address to inbox)')],
  ['a line between the actions', xmtpText(grant, 'I also agree to pay.', grant)],
  ['a control character', xmtpText('- Create inbox\n  (Owner: \u202e0x12)')],
  ['a letter that looks like another', xmtpText('- Create inbox\n  (Owner: \u0430)')],
  ['a short inbox id', xmtpText(grant).replace('fcd18d', '')],
  ['another site', xmtpText(grant).replace('xmtp.org', 'xmtp.org.evil.example')],
  [
    'no action',
    'XMTP : Authenticate to inbox\n\nInbox ID: ' +
      'a'.repeat(64) +
      '\nCurrent time: 2026-01-01T00:00:00Z\n\n\n\nFor more info: https://xmtp.org/signatures',
  ],
])('%s is refused', (_, text) => {
  expect([isXmtpInstallationText(text), isXmtpSignatureText(text)]).toEqual([false, false]);
});

test('a long text is judged in linear time', () => {
  // In quadratic time this would not end within the limit of a test.
  expect(isXmtpSignatureText(xmtpText(...Array(5_000).fill(grant), `- ${'A'.repeat(1_000_000)}`))).toBe(false);
});
