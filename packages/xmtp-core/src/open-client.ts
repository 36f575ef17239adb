import { createElapsedClock } from '@xmtp-messaging/errors';
import { mailboxError } from './errors.ts';
import { defaultGovernor } from './governor/default-governor.ts';
import { checkHome } from './home/check-home.ts';
import { fingerprintsOf } from './home/fingerprints-of.ts';
import { type HomeEnd, type HomeState, networkName, writeHomeState } from './home/home-state.ts';
import { openDatabase } from './home/open-database.ts';
import type { HomePaths } from './home/open-home.ts';
import { type HomePlace, watchHome } from './home/watch-home.ts';
import { explainOpenFailure } from './home/explain-failure.ts';
import { awaitInstallation } from './identity/await-installation.ts';
import { registerInstallation } from './identity/register-installation.ts';
import type { NativeClient } from './sdk/native-client.ts';
import { openNativeClient } from './sdk/open-native-client.ts';
import type { Address, MailboxEvent, MailboxOptions } from './types.ts';

/** A client that may send and receive, and what became of its home. */
export interface OpenedClient {
  client: NativeClient;
  encryptionKey: Uint8Array;
  /** Where the home is, as long as it is held. */
  place: HomePlace;
  /** Registered just now. */
  isNew: boolean;
  installations: number;
  identityUpdates: number;
  /** What of a home that was used is gone and is made anew. */
  losses: { journalLost: boolean; stateLost: boolean };
  /** To be called once the journal is there: from then on its absence is a loss, and so are another key and salt. */
  noteJournal: () => Promise<void>;
  /** Writes down that this home has ended for good, and why: what shows it may be there only once. */
  end: (code: HomeEnd['code']) => Promise<void>;
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
  const place = watchHome(paths, onEvent);
  const network = networkName(mailbox.network);
  const home = await checkHome(paths, { address, network });
  const { state: known, encryptionKey } = home;
  const open = () =>
    openNativeClient({
      network: mailbox.network,
      address,
      databasePath: paths.database,
      encryptionKey,
      signer: mailbox.signer,
      codecs: mailbox.codecs,
      governor: mailbox.governor ?? defaultGovernor(mailbox.network),
    });
  const client = await openDatabase(open, (error) => explainOpenFailure(paths, error, home));
  try {
    place.opened(paths.database);
    client.guard(place.require);
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
      if (state.installationId !== null && state.installationId !== client.installationId) {
        throw mailboxError('DATABASE_REPLACED', { detail: `It is of installation ${client.installationId}.` });
      }
      if (state.installationId === null || state.pendingInstallationId !== null) {
        // A crash came between the registration and its record, or the record was lost.
        const { installationId } = client;
        state = { ...state, installationId, pendingInstallationId: installationId, registeredAt: now() };
        await saveState(state);
      }
    } else {
      // Whatever became of the database: an installation that is recorded is never replaced in silence.
      if (state.installationId !== null) throw mailboxError('DATABASE_LOST', { detail: paths.database });
      const { signer, allowManyInstallations = false } = mailbox;
      state = await registerInstallation({ client, signer, state, saveState, allowManyInstallations, now, onEvent });
    }
    const isFresh = state.pendingInstallationId !== null;
    const look = isFresh
      ? awaitInstallation(client, { elapsed: createElapsedClock(now), random: mailbox.random ?? Math.random })
      : client.installations();
    const [installations, identityUpdates] = await Promise.all([look, client.identityUpdates()]);
    const isShown = installations.includes(client.installationId);
    if (isNew && !isShown)
      throw mailboxError('NETWORK_UNREACHABLE', { detail: 'It does not show the registration yet.' });
    if (installations.length === 0) {
      throw mailboxError('OTHER_NETWORK', { detail: 'This network has never heard of the inbox of this home.' });
    }
    if (!isShown) throw mailboxError('REVOKED');
    if (isFresh) {
      state = { ...state, pendingInstallationId: null };
      await saveState(state);
    }
    const stateLost = known === null && !isNew;
    if (stateLost) onEvent({ level: 'error', name: 'state-lost', details: {} });
    if (home.journalLost) onEvent({ level: 'error', name: 'journal-lost', details: {} });
    const noteJournal = async () => {
      if (state.fingerprints !== undefined) return;
      state = { ...state, fingerprints: fingerprintsOf(paths, encryptionKey) };
      await saveState(state);
    };
    const losses = { journalLost: home.journalLost, stateLost };
    const end = (code: HomeEnd['code']) => saveState({ ...state, version: 2, ended: { code, at: now() } });
    return {
      client,
      encryptionKey,
      place,
      isNew,
      installations: installations.length,
      identityUpdates,
      losses,
      noteJournal,
      end,
    };
  } catch (error) {
    client.release();
    throw explainOpenFailure(paths, error, home);
  }
}
