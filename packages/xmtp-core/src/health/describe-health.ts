import { identityUpdateLimit, identityUpdateWarning, installationLimit } from '../constants.ts';
import type { MailboxError } from '../errors.ts';
import type { Direction, MailboxStatus } from './status-types.ts';

/** What the parts of a mailbox know of their own health. Times in milliseconds since the epoch. */
export interface Health {
  closed: boolean;
  /** A condition that only a person can end. */
  terminal: MailboxError | null;
  lastSyncAt: number | null;
  /** Since when syncs fail; `null` while they succeed. */
  failingSince: number | null;
  /** The newest failure of a direction that has not been made good. */
  failure: { direction: Direction; error: MailboxError } | null;
  /** No call is made before this time; `null` when calls are made. */
  silentUntil: number | null;
  /** How often a sync is due. */
  intervalMs: number;
  lastError: MailboxStatus['lastError'];
  installations: number;
  identityUpdates: number;
}

const troubles: Readonly<Record<Direction, string>> = {
  receiving: 'Receiving fails.',
  sending: 'Sending fails.',
  identity: 'Senders cannot be looked up.',
  storage: 'The journal of the mailbox cannot be written.',
};
/** A sync older than this is no proof of being connected. */
const recentMs = 30_000;

/** The state and its reason, from facts alone. */
export function describeHealth(health: Health, now: number): Pick<MailboxStatus, 'state' | 'reason'> {
  if (health.closed) return { state: 'closed', reason: { code: 'CLOSED', message: 'The mailbox is closed.' } };
  if (health.terminal !== null) {
    const { code, shortMessage, metaMessages } = health.terminal;
    return { state: 'failed', reason: { code, message: shortMessage, hint: metaMessages.join(' ') } };
  }
  if (health.silentUntil !== null) {
    const until = new Date(health.silentUntil).toISOString();
    const message = `No call is made before ${until}, so that the network takes some again.`;
    return { state: 'rate-limited', reason: { code: 'RATE_LIMITED', message } };
  }
  if (health.failingSince !== null) {
    const { code, message, hint } = health.lastError ?? {
      code: 'SYNC_FAILED',
      message: 'The last sync failed.',
      hint: undefined,
    };
    const state = health.lastSyncAt === null ? 'starting' : 'degraded';
    return { state, reason: { code, message, ...(hint === undefined ? {} : { hint }) } };
  }
  if (health.lastSyncAt === null) {
    return { state: 'starting', reason: { code: 'STARTING', message: 'The first sync is under way.' } };
  }
  if (health.failure !== null) {
    const { code, shortMessage, metaMessages } = health.failure.error;
    const message = `${troubles[health.failure.direction]} ${shortMessage}`;
    return { state: 'degraded', reason: { code, message, hint: metaMessages.join(' ') } };
  }
  const age = now - health.lastSyncAt;
  if (age > Math.max(recentMs, 2 * health.intervalMs)) {
    return { state: 'degraded', reason: { code: 'SYNC_STALE', message: `The last sync was ${age} ms ago.` } };
  }
  return { state: 'connected', reason: null };
}

export function identityBudget(health: Health): Pick<MailboxStatus, 'installations' | 'identityUpdates'> {
  return {
    installations: { used: health.installations, limit: installationLimit },
    identityUpdates: {
      used: health.identityUpdates,
      limit: identityUpdateLimit,
      warning: health.identityUpdates >= identityUpdateWarning,
    },
  };
}
