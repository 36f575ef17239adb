import { readFile } from 'node:fs/promises';
import { mailboxError } from '../errors.ts';
import type { MailboxNetwork } from '../types.ts';
import { writeFileDurably } from './write-file-durably.ts';

/** `state.json`: to whom this home belongs, so that a loss is noticed instead of papered over. */
export interface HomeState {
  version: 1;
  address: string;
  network: string;
  inboxId: string;
  /** The installation whose keys are in the database; `null` before the first registration. */
  installationId: string | null;
  registeredAt: number | null;
  /** A registration that was begun and whose outcome is not known. */
  pendingInstallationId: string | null;
  /** Installations that the network knows but whose keys were lost while registering. */
  burnedInstallationIds: readonly string[];
}

/** One home, one network: the decentralised network counts as another than V3 of the same name. */
export function networkName(network: MailboxNetwork): string {
  return network.gatewayHost === undefined ? network.env : `${network.env}-gateway`;
}

export async function readHomeState(path: string): Promise<HomeState | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw mailboxError('HOME_UNUSABLE', { detail: path, cause });
  }
  const state = parseHomeState(text);
  if (state === null) throw mailboxError('STATE_INVALID', { detail: path });
  return state;
}

export async function writeHomeState(path: string, state: HomeState): Promise<void> {
  await writeFileDurably(path, `${JSON.stringify(state, null, 2)}\n`);
}

/** `null` for anything but a complete state of a known version. */
export function parseHomeState(text: string): HomeState | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const state = value as Record<keyof HomeState, unknown>;
  const isText = (field: unknown) => typeof field === 'string' && field !== '';
  const isTextOrNull = (field: unknown) => field === null || isText(field);
  const valid =
    state.version === 1 &&
    isText(state.address) &&
    isText(state.network) &&
    isText(state.inboxId) &&
    isTextOrNull(state.installationId) &&
    (state.registeredAt === null || typeof state.registeredAt === 'number') &&
    isTextOrNull(state.pendingInstallationId) &&
    Array.isArray(state.burnedInstallationIds) &&
    state.burnedInstallationIds.every(isText);
  return valid ? (value as HomeState) : null;
}
