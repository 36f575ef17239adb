import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { isWeakToken } from './is-weak-token.ts';

it.each([
  'aaaaaaaaaaaaaaaa',
  'abababababababab',
  'abc123abc123abc123',
  '0123456789abcdef',
  'abcdefghijklmnop',
  'fedcba9876543210',
  'password-password',
  'MySecretToken2026',
  'change-me-change-me',
  'xmtp-agent-token-1',
  'x'.repeat(256),
])('%s is weak', (token) => {
  expect(isWeakToken(token)).toBe(true);
});

test.prop([fc.uint8Array({ minLength: 16, maxLength: 64 })], { seed: 77, numRuns: 2000 })(
  'what a generator of random numbers makes is not',
  (bytes) => {
    // The generator likes bytes that are alike; random numbers are not.
    fc.pre(new Set(bytes).size > 12);
    expect(isWeakToken(Buffer.from(bytes).toString('base64url'))).toBe(false);
  },
);

it('nor is the output of common tools', () => {
  for (const token of [
    '4f1c0a9be37d5826',
    'c9bf9e57-1685-4c89-bafb-ff5af830be8a',
    'kQ3vJ8mTz0LrX2Ns',
    'correct-horse-battery-staple',
    'a-long-enough-token',
  ])
    expect([token, isWeakToken(token)]).toEqual([token, false]);
});
