import { OwsSignerError, type OwsSignerErrorCode } from './errors.ts';
import { redact } from './redact.ts';
import type { CommandResult } from './run-command.ts';

// The CLI has no machine-readable errors; these are the texts of 1.2.4 and of its main branch in June 2026. Each matches from the
// start of what `ows` prints after `error: `; names that follow cannot imitate another kind.
const kinds: readonly (readonly [RegExp, OwsSignerErrorCode])[] = [
  [/^decryption failed|^invalid passphrase/, 'OWS_BAD_CREDENTIAL'],
  [/^API key not found/, 'OWS_TOKEN_UNKNOWN'],
  [/^API key expired/, 'OWS_TOKEN_EXPIRED'],
  [/^(?:invalid input: )?API key .*does not have access to wallet/, 'OWS_TOKEN_SCOPE'],
  [/^(?:invalid input: )?policy not found/, 'OWS_POLICY_MISSING'],
  [/^(?:invalid input: )?ambiguous wallet name/, 'OWS_WALLET_AMBIGUOUS'],
  [/^(?:invalid input: )?wallet not found/, 'OWS_WALLET_NOT_FOUND'],
  [/^(?:invalid parameters|JSON error)/, 'OWS_VAULT_CORRUPT'],
  [/^I\/O error/, 'OWS_VAULT_IO'],
];

/** Whether a warning of `ows` says that it left a file of the vault out. */
export const saysSkipped = (stderr: string): boolean => /^warning: skipping /m.test(stderr);

/** The error for a run that did not end well. `secret` is kept out of it. */
export function classifyFailure(result: CommandResult, secret: string | undefined): OwsSignerError {
  const { exitCode, signal, stderr } = result;
  if (exitCode === 101 || signal === 'SIGABRT') {
    return corrupt('The `ows` command crashed, as it does on damaged files of the vault.', result);
  }
  const detail = /^error: (.*)$/m.exec(stderr)?.[1] ?? '';
  const reason = /^policy denied: (.*)$/.exec(detail)?.[1];
  if (reason !== undefined) {
    return new OwsSignerError({
      code: 'OWS_POLICY_DENIED',
      metaMessages: [`Its reason: ${redact(reason, secret)}`],
      exitCode,
      signal,
    });
  }
  const code = kinds.find(([match]) => match.test(detail))?.[1];
  if (code === 'OWS_WALLET_NOT_FOUND' && saysSkipped(stderr)) {
    return corrupt('The wallet was not found, and a file of the vault is damaged.', result);
  }
  if (code !== undefined) return new OwsSignerError({ code, exitCode, signal });
  const first = redact(stderr.trimStart().split('\n')[0] ?? '', secret);
  const how = signal === null ? `with status ${exitCode}` : `by ${signal}`;
  return new OwsSignerError({
    code: 'OWS_CLI_FAILED',
    shortMessage: `The signing command ended ${how}.`,
    metaMessages: first === '' ? ['It said nothing.'] : [`It said: ${first}`],
    retryable: signal === 'SIGKILL',
    exitCode,
    signal,
  });
}

function corrupt(shortMessage: string, { exitCode, signal }: CommandResult): OwsSignerError {
  return new OwsSignerError({ code: 'OWS_VAULT_CORRUPT', shortMessage, exitCode, signal });
}
