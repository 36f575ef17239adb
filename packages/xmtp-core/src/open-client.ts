import { isBaseError } from '@xmtp-messaging/errors';
import { mailboxError } from './errors.ts';
import { defaultGovernor } from './governor/default-governor.ts';
import { checkHome } from './home/check-home.ts';
import { loadEncryptionKey } from './home/encryption-key.ts';
import { type HomeState, networkName, readHomeState, writeHomeState } from './home/home-state.ts';
import type { HomePaths } from './home/open-home.ts';
import { registerInstallation } from './identity/register-installation.ts';
import { fromSdkError } from './sdk/classify-error.ts';
import { type NativeClient, openNativeClient } from './sdk/native-client.ts';
import type { Address, MailboxEvent, MailboxOptions } from './types.ts';

/** A client that may send and receive, and what its home says. */
export interface OpenedClient {
  client: NativeClient;
  state: HomeState;
  encryptionKey: Uint8Array;
  /** Registered just now. */
  isNew: boolean;
  installations: number;
  identityUpdates: number;
}

/** Opens the database of a home that is held, registers it the first time, and makes sure that it still counts. */
export async function openClient(options: {
  mailbox: MailboxOptions;
  address: Address;
  paths: HomePaths;
  onEvent: (event: MailboxEvent) => void;
  now: () => number;
}): Promise<OpenedClient> {
  const { mailbox, address, paths, onEvent, now } = options;
  const network = networkName(mailbox.network);
  const known = await readHomeState(paths.state);
  await checkHome(paths, known, { address, network });
  const encryptionKey = await loadEncryptionKey(paths);
  const client = await openNativeClient({
    network: mailbox.network,
    address,
    databasePath: paths.database,
    encryptionKey,
    signer: mailbox.signer,
    codecs: mailbox.codecs,
    governor: mailbox.governor ?? defaultGovernor(mailbox.network),
  });
  try {
    let state: HomeState = known ?? {
      version: 1,
      address,
      network,
      inboxId: client.inboxId,
      installationId: null,
      registeredAt: null,
      pendingInstallationId: null,
      burnedInstallationIds: [],
    };
    const saveState = (next: HomeState) => writeHomeState(paths.state, next);
    const isNew = !client.isRegistered();
    if (!isNew) {
      if (state.installationId !== client.installationId || state.pendingInstallationId !== null) {
        // A crash came between the registration and its record.
        state = { ...state, installationId: client.installationId, pendingInstallationId: null, registeredAt: now() };
        await saveState(state);
      }
    } else {
      const { signer, allowManyInstallations = false } = mailbox;
      state = await registerInstallation({ client, signer, state, saveState, allowManyInstallations, now, onEvent });
    }
    const [installations, identityUpdates] = await Promise.all([client.installations(), client.identityUpdates()]);
    if (installations.length === 0) {
      throw mailboxError('OTHER_NETWORK', { detail: 'This network has never heard of the inbox of this home.' });
    }
    if (!installations.includes(client.installationId)) throw mailboxError('REVOKED');
    return { client, state, encryptionKey, isNew, installations: installations.length, identityUpdates };
  } catch (error) {
    client.release();
    throw isBaseError(error) ? error : fromSdkError(error);
  }
}
