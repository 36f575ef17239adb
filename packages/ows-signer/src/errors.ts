import { BaseError, type BaseErrorOptions } from '@xmtp-messaging/errors';

/**
 * - `OWS_WALLET_UNSET`: no wallet was named.
 * - `OWS_WALLET_NAME_INVALID`: the wallet's name is too long or has control characters.
 * - `OWS_ADDRESS_INVALID`: the given address is not an Ethereum address, or its checksum is wrong.
 * - `OWS_HOME_INVALID`: the vault's home is not an absolute path.
 * - `OWS_CLI_NOT_FOUND`: the command that signs does not exist.
 * - `OWS_CLI_NOT_EXECUTABLE`: the command that signs may not be executed.
 * - `OWS_WALLET_NOT_FOUND`: the vault has no wallet with this id or exactly this name.
 * - `OWS_WALLET_AMBIGUOUS`: several wallets have this name.
 * - `OWS_NO_EVM_ACCOUNT`: the wallet has no single Ethereum account.
 * - `OWS_BAD_CREDENTIAL`: passphrase or token is wrong, missing or unusable, or the wallet's ciphertext is damaged.
 * - `OWS_TOKEN_UNKNOWN`: the API token is unknown or was revoked.
 * - `OWS_TOKEN_EXPIRED`: the API token has expired.
 * - `OWS_TOKEN_SCOPE`: the API token is not for this wallet.
 * - `OWS_POLICY_DENIED`: a policy of the token refused the message; `metaMessages` has its reason.
 * - `OWS_POLICY_MISSING`: a policy of the token no longer exists.
 * - `OWS_VAULT_CORRUPT`: a file of the vault is damaged.
 * - `OWS_VAULT_IO`: the vault could not be read or written.
 * - `OWS_MESSAGE_REFUSED`: the message is not one that this signer signs.
 * - `OWS_MESSAGE_TOO_LARGE`: the message is longer than allowed.
 * - `OWS_TIMEOUT`: the command did not end in time and was killed. Retryable.
 * - `OWS_OUTPUT_INVALID`: the command ended well, but its output is not what it should be.
 * - `OWS_SIGNER_MISMATCH`: the signature is not by the wallet's address. Never retry.
 * - `OWS_CLI_FAILED`: any other failure of the command.
 */
export type OwsSignerErrorCode =
  | 'OWS_WALLET_UNSET'
  | 'OWS_WALLET_NAME_INVALID'
  | 'OWS_ADDRESS_INVALID'
  | 'OWS_HOME_INVALID'
  | 'OWS_CLI_NOT_FOUND'
  | 'OWS_CLI_NOT_EXECUTABLE'
  | 'OWS_WALLET_NOT_FOUND'
  | 'OWS_WALLET_AMBIGUOUS'
  | 'OWS_NO_EVM_ACCOUNT'
  | 'OWS_BAD_CREDENTIAL'
  | 'OWS_TOKEN_UNKNOWN'
  | 'OWS_TOKEN_EXPIRED'
  | 'OWS_TOKEN_SCOPE'
  | 'OWS_POLICY_DENIED'
  | 'OWS_POLICY_MISSING'
  | 'OWS_VAULT_CORRUPT'
  | 'OWS_VAULT_IO'
  | 'OWS_MESSAGE_REFUSED'
  | 'OWS_MESSAGE_TOO_LARGE'
  | 'OWS_TIMEOUT'
  | 'OWS_OUTPUT_INVALID'
  | 'OWS_SIGNER_MISMATCH'
  | 'OWS_CLI_FAILED';

/** Facts of a failure. Never the credential, the message, or the output of the command as it is. */
export interface OwsSignerErrorOptions extends Omit<BaseErrorOptions<OwsSignerErrorCode>, 'docsPath'> {
  /** Exit status of the command. @default null */
  exitCode?: number | null | undefined;
  /** Signal that ended the command. @default null */
  signal?: string | null | undefined;
}

/** Every failure of this package, except an abort, which rejects with the reason of the caller's signal. */
export class OwsSignerError extends BaseError<OwsSignerErrorCode> {
  override readonly name = 'OwsSignerError';
  readonly exitCode: number | null;
  readonly signal: string | null;

  constructor({ exitCode = null, signal = null, ...options }: OwsSignerErrorOptions) {
    super({ ...options, docsPath: 'packages/ows-signer/README.md#errors' });
    this.exitCode = exitCode;
    this.signal = signal;
  }
}
