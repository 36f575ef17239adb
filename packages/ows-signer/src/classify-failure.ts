import { createHint } from './create-hint.ts';
import { OwsSignerError, type OwsSignerErrorCode } from './errors.ts';
import { redact } from './redact.ts';
import type { CommandResult } from './run-command.ts';

interface Kind {
  /** Matches from the start of what `ows` prints after `error: `; names that follow cannot imitate another kind. */
  match: RegExp;
  code: OwsSignerErrorCode;
  shortMessage: string;
  advice: string;
}

// The CLI has no machine-readable errors; these are the texts of 1.2.4 and of its main branch in June 2026.
const kinds: readonly Kind[] = [
  {
    match: /^decryption failed|^invalid passphrase/,
    code: 'OWS_BAD_CREDENTIAL',
    shortMessage: 'The wallet could not be decrypted.',
    advice:
      'The passphrase is missing or wrong, or the file of the wallet or of the token is damaged; they cannot be told apart.',
  },
  {
    match: /^API key not found/,
    code: 'OWS_TOKEN_UNKNOWN',
    shortMessage: 'The vault does not know the API token.',
    advice: 'It may have been revoked, or belong to another vault. Make a new one with `ows key create`.',
  },
  {
    match: /^API key expired/,
    code: 'OWS_TOKEN_EXPIRED',
    shortMessage: 'The API token has expired.',
    advice: 'Make a new one with `ows key create`.',
  },
  {
    match: /^(?:invalid input: )?API key .*does not have access to wallet/,
    code: 'OWS_TOKEN_SCOPE',
    shortMessage: 'The API token is not for this wallet.',
    advice: 'Make one with `ows key create --wallet` for it.',
  },
  {
    match: /^(?:invalid input: )?policy not found/,
    code: 'OWS_POLICY_MISSING',
    shortMessage: 'A policy of the API token no longer exists, so nothing is signed.',
    advice: 'Restore it with `ows policy create`, or make a new token.',
  },
  {
    match: /^(?:invalid input: )?ambiguous wallet name/,
    code: 'OWS_WALLET_AMBIGUOUS',
    shortMessage: 'Several wallets of the vault have this name.',
    advice: 'Name the wallet by its id.',
  },
  {
    match: /^(?:invalid input: )?wallet not found/,
    code: 'OWS_WALLET_NOT_FOUND',
    shortMessage: 'The vault has no wallet with this id or exact name.',
    advice: `Check \`wallet\` and \`home\`. ${createHint}`,
  },
  {
    match: /^(?:invalid parameters|JSON error)/,
    code: 'OWS_VAULT_CORRUPT',
    shortMessage: 'The file of the wallet or of the token is damaged, or has encryption parameters that OWS refuses.',
    advice: 'Restore the file from a backup.',
  },
  {
    match: /^I\/O error/,
    code: 'OWS_VAULT_IO',
    shortMessage: 'The vault could not be read or written.',
    advice: 'Check that `home` exists and that its `.ows` belongs to the user that signs.',
  },
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
      shortMessage: 'A policy of the API token refused the message.',
      metaMessages: [`Its reason: ${redact(reason, secret)}`],
      exitCode,
      signal,
    });
  }
  const kind = kinds.find(({ match }) => match.test(detail));
  if (kind?.code === 'OWS_WALLET_NOT_FOUND' && saysSkipped(stderr)) {
    return corrupt('The wallet was not found, and a file of the vault is damaged.', result);
  }
  if (kind !== undefined) {
    const { code, shortMessage, advice } = kind;
    return new OwsSignerError({ code, shortMessage, metaMessages: [advice], exitCode, signal });
  }
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
  return new OwsSignerError({
    code: 'OWS_VAULT_CORRUPT',
    shortMessage,
    metaMessages: [
      'Run `npx -y @open-wallet-standard/core wallet list` to see which file it leaves out, and restore that from a backup.',
    ],
    exitCode,
    signal,
  });
}
