import { mailboxError } from '../errors.ts';
import { exists } from './exists.ts';
import type { HomeState } from './home-state.ts';
import type { HomePaths } from './open-home.ts';

/**
 * Refuses a home that belongs to someone else or has lost a part, before anything is opened: opening a
 * database that is not there would silently register a further installation.
 */
export async function checkHome(
  paths: HomePaths,
  state: HomeState | null,
  expected: { address: string; network: string },
): Promise<void> {
  const hasDatabase = await exists(paths.database);
  if (hasDatabase && !(await exists(paths.salt))) throw mailboxError('SALT_LOST', { detail: paths.salt });
  if (state === null) return;
  if (state.address !== expected.address) {
    throw mailboxError('OTHER_INBOX', { detail: `It belongs to ${state.address}.` });
  }
  if (state.network !== expected.network) {
    throw mailboxError('OTHER_NETWORK', { detail: `It belongs to ${state.network}, not ${expected.network}.` });
  }
  if (state.installationId !== null && !hasDatabase) {
    throw mailboxError('DATABASE_LOST', { detail: paths.database });
  }
}
