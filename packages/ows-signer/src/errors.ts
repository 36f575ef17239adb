import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

/** Why a wallet cannot be used, or did not sign. */
export type OwsSignerErrorCode =
  /** No wallet was named. */
  | 'OWS_WALLET_UNSET'
  /** The wallet's name is too long or has control characters. */
  | 'OWS_WALLET_NAME_INVALID'
  /** The given address is not an Ethereum address, or its checksum is wrong. */
  | 'OWS_ADDRESS_INVALID'
  /** The vault's home is not an absolute path. */
  | 'OWS_HOME_INVALID'
  /** The command that signs does not exist. */
  | 'OWS_CLI_NOT_FOUND'
  /** The command that signs may not be executed. */
  | 'OWS_CLI_NOT_EXECUTABLE'
  /** The vault has no wallet with this id or exactly this name. */
  | 'OWS_WALLET_NOT_FOUND'
  /** Several wallets have this name. */
  | 'OWS_WALLET_AMBIGUOUS'
  /** The wallet has no single Ethereum account. */
  | 'OWS_NO_EVM_ACCOUNT'
  /** Passphrase or token is wrong, missing or unusable, or the wallet's ciphertext is damaged. */
  | 'OWS_BAD_CREDENTIAL'
  /** The API token is unknown or was revoked. */
  | 'OWS_TOKEN_UNKNOWN'
  /** The API token has expired. */
  | 'OWS_TOKEN_EXPIRED'
  /** The API token is not for this wallet. */
  | 'OWS_TOKEN_SCOPE'
  /** A policy of the token refused the message; `metaMessages` has its reason. */
  | 'OWS_POLICY_DENIED'
  /** A policy of the token no longer exists. */
  | 'OWS_POLICY_MISSING'
  /** A file of the vault is damaged. */
  | 'OWS_VAULT_CORRUPT'
  /** The vault could not be read or written. */
  | 'OWS_VAULT_IO'
  /** The message is not one that this signer signs. */
  | 'OWS_MESSAGE_REFUSED'
  /** The message is longer than allowed. */
  | 'OWS_MESSAGE_TOO_LARGE'
  /** The command did not end in time and was killed. Retryable. */
  | 'OWS_TIMEOUT'
  /** The command ended well, but its output is not what it should be. */
  | 'OWS_OUTPUT_INVALID'
  /** The signature is not by the wallet's address. Never retry. */
  | 'OWS_SIGNER_MISMATCH'
  /** Any other failure of the command. */
  | 'OWS_CLI_FAILED';

const listWallets = 'npx -y @open-wallet-standard/core wallet list';

/** How a wallet is made. The name is left to the reader: one that holds quotes would break out of a command line. */
export const createHint =
  'Create it with `npx -y @open-wallet-standard/core wallet create --name NAME`, with the HOME that the signer uses.';

/** What each means and what to do. */
export const owsSignerErrorTexts: ErrorTexts<OwsSignerErrorCode> = {
  OWS_WALLET_UNSET: {
    what: 'No wallet is named.',
    next: `Set OWS_WALLET to the id or the exact name of a wallet; \`${listWallets}\` shows them.`,
  },
  OWS_WALLET_NAME_INVALID: {
    what: "The wallet's name is too long, or has control characters.",
    next: 'Name the wallet by its id.',
  },
  OWS_ADDRESS_INVALID: {
    what: 'The address of the wallet is not an Ethereum address, or its checksum is wrong.',
    next: `Copy it again from \`${listWallets}\`.`,
  },
  OWS_HOME_INVALID: {
    what: 'The home of the vault is not an absolute path.',
    next: 'OWS would fall back to /tmp or the working directory. Set HOME, or `home`, to the folder that holds .ows.',
  },
  OWS_CLI_NOT_FOUND: {
    what: 'The signing command does not exist.',
    next: 'Install @open-wallet-standard/core on a supported platform, or set `command` to an `ows` binary.',
  },
  OWS_CLI_NOT_EXECUTABLE: {
    what: 'The signing command may not be executed.',
    next: 'Check its mode, and that its file system allows execution.',
  },
  OWS_WALLET_NOT_FOUND: {
    what: 'The vault has no wallet with this id or exact name.',
    next: `Check \`wallet\` and \`home\`. ${createHint}`,
  },
  OWS_WALLET_AMBIGUOUS: {
    what: 'Several wallets of the vault have this name.',
    next: 'Name the wallet by its id.',
  },
  OWS_NO_EVM_ACCOUNT: {
    what: 'The wallet shows no single Ethereum account (eip155:1) with a valid checksum.',
    next: 'Use a wallet that OWS made, or repair the accounts in its file.',
  },
  OWS_BAD_CREDENTIAL: {
    what: 'The wallet could not be decrypted.',
    next: 'The passphrase is missing or wrong, or the file of the wallet or of the token is damaged; they cannot be told apart.',
  },
  OWS_TOKEN_UNKNOWN: {
    what: 'The vault does not know the API token.',
    next: 'It may have been revoked, or belong to another vault. Make a new one with `ows key create`.',
  },
  OWS_TOKEN_EXPIRED: {
    what: 'The API token has expired.',
    next: 'Make a new one with `ows key create`.',
  },
  OWS_TOKEN_SCOPE: {
    what: 'The API token is not for this wallet.',
    next: 'Make one with `ows key create --wallet` for it.',
  },
  OWS_POLICY_DENIED: {
    what: 'A policy of the API token refused the message.',
    next: 'See its reason.',
  },
  OWS_POLICY_MISSING: {
    what: 'A policy of the API token no longer exists, so nothing is signed.',
    next: 'Restore it with `ows policy create`, or make a new token.',
  },
  OWS_VAULT_CORRUPT: {
    what: 'The file of the wallet or of the token is damaged, or has encryption parameters that OWS refuses.',
    next: `Run \`${listWallets}\` to see which file it leaves out, and restore that from a backup.`,
  },
  OWS_VAULT_IO: {
    what: 'The vault could not be read or written.',
    next: 'Check that `home` exists and that its `.ows` belongs to the user that signs.',
  },
  OWS_MESSAGE_REFUSED: {
    what: 'The message was not signed.',
    next: 'By default only requests to create an XMTP inbox and to admit or revoke its installations are signed; see `acceptMessage`.',
  },
  OWS_MESSAGE_TOO_LARGE: {
    what: 'The message is longer than what is signed.',
    next: 'Raise `maxMessageBytes` if such messages are expected; 65,000 is the limit.',
  },
  OWS_TIMEOUT: {
    what: 'The signing command did not end in time and was killed.',
    next: 'Try again; if it lasts, look for unusual files in the vault, or raise `timeoutMs` on a slow machine.',
    retryable: true,
  },
  OWS_OUTPUT_INVALID: {
    what: 'The signing command ended well, but did not print what it should.',
    next: 'Check that `command` runs `ows` 1.2 or later, and that nothing before it prints to standard output.',
  },
  OWS_SIGNER_MISMATCH: {
    what: "The signature is not by the wallet's address.",
    next: 'The list of accounts in the wallet file may have been changed. Do not use this wallet until you know why.',
  },
  OWS_CLI_FAILED: {
    what: 'The signing command failed.',
    next: 'See what it said.',
  },
};

/** Facts of a failure. Never the credential, the message, or the output of the command as it is. */
export interface OwsSignerErrorOptions extends KnownErrorOptions<OwsSignerErrorCode> {
  /** Exit status of the command. @default null */
  exitCode?: number | null | undefined;
  /** Signal that ended the command. @default null */
  signal?: string | null | undefined;
}

/** Every failure of this package, except an abort, which rejects with the reason of the caller's signal. */
export class OwsSignerError extends BaseError<OwsSignerErrorCode> {
  override readonly name = 'OwsSignerError';
  /** Of `ows`; `null` when it did not run to its end. */
  readonly exitCode: number | null;
  /** That ended `ows`, such as `SIGKILL`; `null` for none. */
  readonly signal: string | null;

  constructor({ exitCode = null, signal = null, ...options }: OwsSignerErrorOptions) {
    super(fillIn(owsSignerErrorTexts, options));
    this.exitCode = exitCode;
    this.signal = signal;
  }
}
