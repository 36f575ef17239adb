import { homedir } from 'node:os';
import { join } from 'node:path';
import { isBaseError } from '@xmtp-messaging/errors';
import { createOwsSigner, type OwsSigner } from '@xmtp-messaging/ows-signer';
import type { WalletOptions } from '../agent-options.ts';
import type { AgentLogger } from '../types.ts';
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
export async function openSigner(options: {
  wallet: WalletOptions & { home: string };
  homeRoot?: string | undefined;
  logger: AgentLogger;
  signal: AbortSignal;
  onWarning: (warning: string) => void;
}): Promise<OpenedSigner> {
  const { wallet, homeRoot = join(homedir(), '.xmtp'), logger, signal, onWarning } = options;
  const { name, home, credential, command } = wallet;
  const signing = { wallet: name, home, credential, command, signal, onWarning };
  try {
    return { signer: await createOwsSigner(signing), source: 'vault' };
  } catch (error) {
    if (!isBaseError(error) || !vaultAway.has(error.code)) throw error;
    const address = await recallAddress(homeRoot, { wallet: name, vaultHome: home });
    if (address === null) throw error;
    logger.warn({ event: 'vault-away', code: error.code, address });
    return { signer: await createOwsSigner({ ...signing, address }), source: 'record' };
  }
}
