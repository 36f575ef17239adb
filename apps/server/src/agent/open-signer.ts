import { isBaseError } from '@xmtp-messaging/errors';
import { createOwsSigner, type OwsSigner } from '@xmtp-messaging/ows-signer';
import type { ServerConfig } from '../config/types.ts';
import { ServerError } from '../errors.ts';
import type { Logger } from '../log/create-logger.ts';
import { readSecretFile } from '../config/read-secret-file.ts';
import { recallAddress } from './wallet-record.ts';

/** Failures after which a mailbox that is already registered can do without its vault. */
const vaultAway: ReadonlySet<string> = new Set([
  'OWS_CLI_NOT_FOUND',
  'OWS_CLI_NOT_EXECUTABLE',
  'OWS_WALLET_NOT_FOUND',
  'OWS_VAULT_IO',
  'OWS_VAULT_CORRUPT',
  'OWS_TIMEOUT',
]);

/** The signer, and whether its address comes from the vault or from our own note of an earlier start. */
export interface OpenedSigner {
  signer: OwsSigner;
  source: 'vault' | 'record';
}

/** @throws OwsSignerError */
export async function openSigner(
  config: ServerConfig,
  options: { logger: Logger; signal: AbortSignal; onWarning?: ((warning: string) => void) | undefined },
): Promise<OpenedSigner> {
  const { logger, signal } = options;
  const { name, home, credential, credentialFile, command } = config.wallet;
  const signing = {
    wallet: name,
    home,
    credential: credentialFile === undefined ? credential : () => readCredentialFile(credentialFile),
    command,
    signal,
    onWarning: (warning: string) => {
      logger.warn({ event: 'signer-warned', warning });
      options.onWarning?.(warning);
    },
  };
  try {
    return { signer: await createOwsSigner(signing), source: 'vault' };
  } catch (error) {
    if (!isBaseError(error) || !vaultAway.has(error.code)) throw error;
    const address = await recallAddress(config.homeRoot, { wallet: name, vaultHome: home });
    if (address === null) throw error;
    logger.warn({ event: 'vault-away', code: error.code, address });
    return { signer: await createOwsSigner({ ...signing, address }), source: 'record' };
  }
}

function readCredentialFile({ path, ...options }: NonNullable<ServerConfig['wallet']['credentialFile']>): string {
  const read = readSecretFile(path, options);
  if (read.ok) return read.secret;
  throw new ServerError({ code: 'CONFIG_INVALID', shortMessage: `OWS_PASSPHRASE_FILE ${read.problem}` });
}
