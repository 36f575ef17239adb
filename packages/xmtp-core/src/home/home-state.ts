import { readPrivateFileSync, writeDurably } from '@xmtp-messaging/errors/files';
import { fromFileError, mailboxError } from '../errors.ts';
import type { MailboxNetwork } from '../network-types.ts';

/** `state.json`: to whom this home belongs, so that a loss is noticed instead of papered over. */
export interface HomeState {
  /** 2 once it has ended: versions that know of no end must not open it. */
  version: 1 | 2;
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
  /** What the key and the salt of the database are known by; absent until a version that notes it has opened it. */
  fingerprints?: Fingerprints | undefined;
  /** Why this home must not be opened any more. */
  ended?: HomeEnd | undefined;
}

/** The end of a home. */
export interface HomeEnd {
  /** `STALE_COPY`: its database is older than what it sent. `MOVED`: it goes on elsewhere. */
  code: 'STALE_COPY' | 'MOVED';
  /** Milliseconds since the epoch. */
  at: number;
}

/** Not secret: too short to give away a key, long enough to tell two apart. */
export interface Fingerprints {
  key: string;
  salt: string;
}

/** One home, one network: the decentralised network counts as another than V3 of the same name. */
export function networkName(network: MailboxNetwork): string {
  return network.gatewayHost === undefined ? network.env : `${network.env}-gateway`;
}

/** @throws MailboxError STATE_INVALID, HOME_NEWER, FILE_UNSAFE */
export function readHomeState(path: string): HomeState | null {
  let text: string | undefined;
  try {
    text = readPrivateFileSync(path)?.bytes.toString('utf8');
  } catch (error) {
    throw fromFileError(path, error);
  }
  if (text === undefined) return null;
  const state = parseHomeState(text);
  if (state !== null) return state;
  const version = Number(/^\s*\{\s*"version":\s*(\d+)/.exec(text)?.[1] ?? 0);
  if (version > 2) throw mailboxError('HOME_NEWER', { detail: `${path}: version ${version}, known is 2` });
  throw mailboxError('STATE_INVALID', { detail: text.trim() === '' ? `${path}: it is empty` : path });
}

export async function writeHomeState(path: string, state: HomeState): Promise<void> {
  try {
    await writeDurably(path, `${JSON.stringify(state, null, 2)}\n`, { locked: true });
  } catch (error) {
    throw fromFileError(path, error);
  }
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
    (state.version === 1 ? state.ended === undefined : state.version === 2 && isEnd(state.ended)) &&
    isText(state.address) &&
    isText(state.network) &&
    isText(state.inboxId) &&
    isTextOrNull(state.installationId) &&
    (state.registeredAt === null || typeof state.registeredAt === 'number') &&
    isTextOrNull(state.pendingInstallationId) &&
    Array.isArray(state.burnedInstallationIds) &&
    state.burnedInstallationIds.every(isText) &&
    (state.fingerprints === undefined || isFingerprints(state.fingerprints));
  return valid ? (value as HomeState) : null;
}

function isEnd(value: unknown): value is HomeEnd {
  if (typeof value !== 'object' || value === null) return false;
  const { code, at } = value as Record<string, unknown>;
  return (code === 'STALE_COPY' || code === 'MOVED') && typeof at === 'number';
}

function isFingerprints(value: unknown): value is Fingerprints {
  if (typeof value !== 'object' || value === null) return false;
  const { key, salt } = value as Record<string, unknown>;
  return typeof key === 'string' && typeof salt === 'string';
}
