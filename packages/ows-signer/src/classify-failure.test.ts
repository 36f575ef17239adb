import { expect, test } from 'vitest';
import { classifyFailure } from './classify-failure.ts';

const secret = 'correct horse battery';
const token = `ows_key_${'ab'.repeat(32)}`;
const failed = (stderr: string, exitCode: number | null = 1, signal: string | null = null) =>
  classifyFailure({ exitCode, signal, stdout: '', stderr }, secret);

test.each([
  ['error: decryption failed: aead::Error', 'OWS_BAD_CREDENTIAL'],
  ['error: API key not found', 'OWS_TOKEN_UNKNOWN'],
  ['error: API key expired: 1', 'OWS_TOKEN_EXPIRED'],
  ["error: invalid input: API key 'k' does not have access to wallet '1'", 'OWS_TOKEN_SCOPE'],
  ['error: policy denied: too late', 'OWS_POLICY_DENIED'],
  ['error: invalid input: policy not found: p', 'OWS_POLICY_MISSING'],
  ["error: wallet not found: 'x'", 'OWS_WALLET_NOT_FOUND'],
  ["warning: skipping /v/1.json: EOF\nerror: wallet not found: 'x'", 'OWS_VAULT_CORRUPT'],
  ["error: ambiguous wallet name 'x' matches 2 wallets; use the wallet ID instead", 'OWS_WALLET_AMBIGUOUS'],
  ['error: invalid parameters: unsupported KDF: x', 'OWS_VAULT_CORRUPT'],
  ['error: JSON error: data did not match any variant', 'OWS_VAULT_CORRUPT'],
  ['error: I/O error: Permission denied', 'OWS_VAULT_IO'],
  ['error: something new', 'OWS_CLI_FAILED'],
  ['', 'OWS_CLI_FAILED'],
  ["error: wallet not found: 'policy denied: x'", 'OWS_WALLET_NOT_FOUND'],
])('%j is %s', (stderr, code) => {
  expect(failed(stderr)).toMatchObject({ code, exitCode: 1, retryable: false });
});

test('a crash is a damaged vault, another signal is a failure of the command', () => {
  expect(failed("thread 'main' panicked", 101)).toMatchObject({ code: 'OWS_VAULT_CORRUPT', exitCode: 101 });
  expect(failed('', null, 'SIGABRT')).toMatchObject({ code: 'OWS_VAULT_CORRUPT', signal: 'SIGABRT' });
  expect(failed('', null, 'SIGKILL')).toMatchObject({ code: 'OWS_CLI_FAILED', signal: 'SIGKILL', retryable: true });
});

test('the reason of a policy is told, without secrets', () => {
  const { message } = failed(`error: policy denied: \u001b[31m${token} and ${secret} seen\u202e`);
  expect(message).toMatchInlineSnapshot(`
    "A policy of the API token refused the message.

    Its reason: [31m[redacted] and [redacted] seen"
  `);
});

test('an unknown failure is told by one line, without secrets', () => {
  const { message } = failed(`sudo: ${secret}: not allowed ${token}\nsecond line ${'x'.repeat(999)}`);
  expect(message).toMatchInlineSnapshot(`
    "The signing command ended with status 1.

    It said: sudo: [redacted]: not allowed [redacted]"
  `);
  expect(failed('x'.repeat(9_999)).message.length).toBeLessThan(600);
  const wrapped = { exitCode: 1, signal: null, stdout: '', stderr: 'vault: battery\n' };
  expect(classifyFailure(wrapped, 'correct\nbattery').message).toContain('vault: [redacted]');
});
