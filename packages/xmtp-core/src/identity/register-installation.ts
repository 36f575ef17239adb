import { installationLimit, installationReserve } from '../constants.ts';
import { MailboxError, mailboxError } from '../errors.ts';
import type { HomeState } from '../home/home-state.ts';
import { fromSdkError } from '../sdk/classify-error.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { MailboxEvent, MailboxSigner } from '../types.ts';

export interface RegisterOptions {
  client: NativeClient;
  signer: MailboxSigner;
  state: HomeState;
  saveState: (state: HomeState) => Promise<void>;
  allowManyInstallations: boolean;
  now: () => number;
  onEvent: (event: MailboxEvent) => void;
}

/**
 * Registers this home's installation, once. The SDK writes the installation's keys to its database only after the network
 * took the registration: when the answer is lost, the network knows an installation that nobody has keys for. So the attempt
 * is on disk before it is made, and its outcome is asked for, never guessed.
 * @throws MailboxError INSTALLATION_LIMIT, SIGNER_FAILED, REGISTRATION_FAILED, NETWORK_RETIRED, NETWORK_UNREACHABLE
 */
export async function registerInstallation(options: RegisterOptions): Promise<HomeState> {
  const { client, signer, saveState, now } = options;
  let state = await settlePending(options, options.state);
  const used = await client.installations();
  if (used.length >= installationLimit || (used.length >= installationReserve && !options.allowManyInstallations)) {
    throw mailboxError('INSTALLATION_LIMIT', { detail: `${used.length} of ${installationLimit} are in use.` });
  }
  state = { ...state, pendingInstallationId: client.installationId };
  await saveState(state);
  try {
    await client.register(signer);
  } catch (cause) {
    // A failure before the network was asked burns nothing, and settlePending finds that out.
    await settlePending(options, state).catch(() => undefined);
    throw registrationError(cause);
  }
  // Pending until the network shows it.
  state = { ...state, installationId: client.installationId, registeredAt: now() };
  await saveState(state);
  options.onEvent({ level: 'info', name: 'installation-registered', details: { installations: used.length + 1 } });
  return state;
}

/** Learns what became of a registration that was begun and not finished. */
async function settlePending(options: RegisterOptions, state: HomeState): Promise<HomeState> {
  const { client, saveState, onEvent } = options;
  const { pendingInstallationId } = state;
  if (pendingInstallationId === null) return state;
  const burned = (await client.installations()).includes(pendingInstallationId);
  const burnedInstallationIds = burned
    ? [...state.burnedInstallationIds, pendingInstallationId]
    : state.burnedInstallationIds;
  const settled = { ...state, pendingInstallationId: null, burnedInstallationIds };
  await saveState(settled);
  if (burned) {
    const details = { installationId: pendingInstallationId };
    onEvent({ level: 'warn', name: 'installation-burned', details });
  }
  return settled;
}

function registrationError(cause: unknown): MailboxError {
  if (cause instanceof MailboxError) return cause;
  const error = fromSdkError(cause);
  return error.code === 'SDK_FAILED' ? mailboxError('REGISTRATION_FAILED', { cause }) : error;
}
