import { mailboxError } from '../errors.ts';
import { loadEncryptionKey } from './load-encryption-key.ts';
import { checkFingerprints, fingerprintsOf } from './fingerprints-of.ts';
import { type HomeState, readHomeState } from './home-state.ts';
import { checkDatabaseFile, type HomePaths } from './open-home.ts';

/** SQLite leaves no database that is smaller than a page. */
const pageBytes = 4096;

/** What a home that passed its checks gives. */
export interface CheckedHome {
  /** `null` when nothing was registered here yet, or when `state.json` is gone. */
  state: HomeState | null;
  encryptionKey: Uint8Array;
  /** Key and salt are known to be those of the database: when it does not open, the damage is its own. */
  fits: boolean;
  /** The journal of a home that was used is missing or empty. */
  journalLost: boolean;
}

/**
 * Refuses a home that belongs to someone else, that others may have changed, or that has lost a part, before anything is
 * opened: to open a database that is missing or empty would silently register a further installation. That a file is
 * there does not make it sound.
 */
export async function checkHome(
  paths: HomePaths,
  expected: { address: string; network: string },
): Promise<CheckedHome> {
  const databaseBytes = checkDatabaseFile(paths.database);
  checkDatabaseFile(paths.salt);
  const journalBytes = checkDatabaseFile(paths.journal);
  const state = readHomeState(paths.state);
  if (state !== null) checkOwner(state, expected);
  if (state?.ended !== undefined) {
    throw mailboxError(state.ended.code, { detail: `Since ${new Date(state.ended.at).toISOString()}.` });
  }
  const isRegistered = state !== null && state.installationId !== null;
  // The journal is made only after the registration.
  if (databaseBytes === 0 && (isRegistered || (state === null && journalBytes > 0))) {
    throw mailboxError('DATABASE_LOST', { detail: `${paths.database}: missing or empty` });
  }
  if (databaseBytes > 0 && databaseBytes < pageBytes) {
    throw mailboxError('DATABASE_DAMAGED', { detail: `${paths.database}: cut off at ${databaseBytes} bytes` });
  }
  const hasDatabase = databaseBytes > 0;
  const encryptionKey = await loadEncryptionKey(paths.key, { hasDatabase });
  if (!hasDatabase) return { state, encryptionKey, fits: false, journalLost: false };
  const found = fingerprintsOf(paths, encryptionKey);
  if (state?.fingerprints !== undefined) checkFingerprints(paths, found, state.fingerprints);
  return {
    state,
    encryptionKey,
    fits: state?.fingerprints !== undefined,
    // Noted together with the journal: before that, a start may have ended between registration and journal.
    journalLost: isRegistered && state.fingerprints !== undefined && journalBytes === 0,
  };
}

function checkOwner(state: HomeState, expected: { address: string; network: string }): void {
  if (state.address !== expected.address) {
    throw mailboxError('OTHER_INBOX', { detail: `It belongs to ${state.address}.` });
  }
  if (state.network !== expected.network) {
    throw mailboxError('OTHER_NETWORK', { detail: `It belongs to ${state.network}, not ${expected.network}.` });
  }
}
