import { mailboxErrorTexts } from '../error-texts.ts';
import { type HomeEnd, readHomeState } from './home-state.ts';
import { homePaths } from './open-home.ts';

/** What a home folder says of itself. */
export interface HomeDescription {
  /** Lower case. */
  address: string;
  /** Such as `production`, or `production-gateway`. */
  network: string;
  /** 64 hexadecimal digits. */
  inboxId: string;
  /** `null` before the first registration. */
  installationId: string | null;
  /** Why it must not be opened any more; `null` when it may be. */
  ended: (HomeEnd & { message: string }) | null;
}

/**
 * Reads to whom a home belongs, and whether it has ended. Nothing is opened, locked or changed.
 * @param home The folder of an address.
 * @returns `null` for a home that was never used.
 * @throws MailboxError STATE_INVALID, HOME_NEWER, FILE_UNSAFE and the other codes of files
 */
export function describeHome(home: string): HomeDescription | null {
  const state = readHomeState(homePaths(home).state);
  if (state === null) return null;
  const { address, network, inboxId, installationId, ended } = state;
  const end = ended === undefined ? null : { ...ended, message: mailboxErrorTexts[ended.code].what };
  return { address, network, inboxId, installationId, ended: end };
}
