import { expect, test } from 'vitest';
import { xmtpText } from '../test/xmtp-text.ts';
import { decidePolicy } from './decide-policy.ts';

const hex = (text: string) => Buffer.from(text).toString('hex');
const request = (changes: object = {}) => ({
  chain_id: 'eip155:1',
  transaction: { raw_hex: hex(xmtpText()) },
  ...changes,
});

test('a request of an XMTP mailbox is allowed', () => {
  expect(decidePolicy(request())).toEqual({ allow: true });
  expect(decidePolicy(request({ transaction: { raw_hex: `0x${hex(xmtpText())}` } }))).toEqual({ allow: true });
  expect(decidePolicy(request({ operation: 'sign_message', typed_data: null }))).toEqual({ allow: true });
});

test.each([
  ['another message', request({ transaction: { raw_hex: hex('Sign in to example.org') } })],
  [
    'a link to another address',
    request({ transaction: { raw_hex: hex(xmtpText('- Link address to inbox\n  (Address: 0x12)')) } }),
  ],
  ['a transaction', request({ transaction: { raw_hex: '02f86c01' } })],
  ['a text behind a byte order mark', request({ transaction: { raw_hex: `efbbbf${hex(xmtpText())}` } })],
  ['a text with bytes that are no text', request({ transaction: { raw_hex: `${hex(xmtpText())}ff` } })],
  [
    'a detail with bytes that are no text',
    request({ transaction: { raw_hex: hex(xmtpText()).replace(hex('010203'), 'ff') } }),
  ],
  ['another chain', request({ chain_id: 'solana:1' })],
  ['typed data', request({ typed_data: { primary_type: 'PermitSingle' } })],
  ['another operation', request({ operation: 'sign_transaction' })],
  ['another kind of request', request({ request_type: 'hash' })],
  ['no message', request({ transaction: {} })],
  ['half a byte', request({ transaction: { raw_hex: '5' } })],
  ['nothing', null],
  ['a list', []],
])('%s is denied', (_, context) => {
  expect(decidePolicy(context)).toEqual({ allow: false, reason: expect.any(String) });
});
