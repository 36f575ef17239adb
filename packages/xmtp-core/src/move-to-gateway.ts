import { isBaseError } from '@xmtp-messaging/errors';
import { mailboxError } from './errors.ts';
import { defaultGovernor } from './governor/default-governor.ts';
import { checkHome } from './home/check-home.ts';
import { networkName, readHomeState, writeHomeState } from './home/home-state.ts';
import { lockHome } from './home/lock-home.ts';
import { openHome } from './home/open-home.ts';
import { fromSdkError } from './sdk/classify-error.ts';
import { openNativeClient } from './sdk/open-native-client.ts';
import type { Address, MailboxNetwork } from './types.ts';

/** What to move, and where. */
export interface MoveToGatewayOptions {
  /** Of the wallet; lower case or EIP-55. */
  address: Address;
  /** The home folder of this address. No mailbox may be open on it. */
  home: string;
  /** The network as it is from now on: the same `env`, with `gatewayHost`. */
  network: MailboxNetwork;
}

/** What became of the home. */
export interface MovedHome {
  /** `false`: it had been moved before. */
  moved: boolean;
  /** 64 hexadecimal digits. */
  inboxId: string;
  /** It stays the same, 64 hexadecimal digits. */
  installationId: string;
}

/**
 * Moves a home from V3 to the gateway of the decentralised network of the same `env`, where its inbox and all that was sent
 * over V3 are found again. Everything in the home stays: identity, lists, journal, what waits to be delivered or sent.
 * Nothing is signed or registered. The network is asked first; then one file is replaced, in one step. So a move that is
 * interrupted has happened or has not, and may be asked for again.
 * @throws MailboxError INVALID_REQUEST: there is nothing to move, or nowhere to; OTHER_NETWORK: the home belongs elsewhere, or the gateway
 * does not know its installation; LOCKED_BY_OTHER, NETWORK_UNREACHABLE, and what `openMailbox` throws of a home
 */
export async function moveToGateway(options: MoveToGatewayOptions): Promise<MovedHome> {
  const { network } = options;
  const address = options.address.toLowerCase();
  if (network.gatewayHost === undefined) {
    throw mailboxError('INVALID_REQUEST', { detail: 'The network names no gateway to move to.' });
  }
  const paths = openHome(options.home);
  const unlock = lockHome(paths.lock);
  try {
    const state = readHomeState(paths.state);
    const { installationId = null } = state ?? {};
    if (state === null || installationId === null) {
      throw mailboxError('INVALID_REQUEST', {
        detail: 'Nothing is registered in this home: start it with the gateway.',
      });
    }
    const { inboxId } = state;
    const target = networkName(network);
    if (state.network !== target && state.network !== network.env) {
      throw mailboxError('OTHER_NETWORK', { detail: `It belongs to ${state.network}, not ${network.env}.` });
    }
    const { encryptionKey } = await checkHome(paths, { address, network: state.network });
    if (state.network === target) return { moved: false, inboxId, installationId };
    const governor = defaultGovernor(network);
    const client = await openNativeClient({ network, address, databasePath: paths.database, encryptionKey, governor });
    try {
      if (client.installationId !== installationId) throw mailboxError('DATABASE_REPLACED');
      if (!(await client.installations()).includes(installationId)) {
        throw mailboxError('OTHER_NETWORK', {
          detail: 'The gateway does not know this installation, or not yet. Nothing was changed.',
        });
      }
    } finally {
      client.release();
    }
    await writeHomeState(paths.state, { ...state, network: target });
    return { moved: true, inboxId, installationId };
  } catch (error) {
    throw isBaseError(error) ? error : fromSdkError(error);
  } finally {
    unlock();
  }
}
