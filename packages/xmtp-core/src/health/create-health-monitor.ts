import { createElapsedClock } from '@xmtp-messaging/errors';
import type { MailboxError } from '../errors.ts';
import type { GovernedCalls } from '../governor/types.ts';
import type { OpenedClient } from '../open-client.ts';
import type { OnCall } from '../sdk/create-run-native.ts';
import { createDirections } from './create-directions.ts';
import { fromSdkError } from '../sdk/classify-error.ts';
import { type Health, identityBudget, describeHealth } from './describe-health.ts';
import type { Direction, MailboxStatus } from './status-types.ts';
import type { MailboxEvent } from '../types.ts';

/** Remembers how syncs went, and says so once when that changes. */
export interface HealthMonitor {
  synced: () => void;
  failed: (error: unknown) => void;
  /** Work of one kind ended; `error` is `null` when it succeeded, `undefined` when there was no answer. */
  noted: OnCall;
  isFailing(direction: Direction): boolean;
  /** A condition that only a person can end. */
  fail: (error: MailboxError) => void;
  /** Why nothing is done until a person has acted; `null` when nothing stands in the way. */
  terminal(): MailboxError | null;
  close(): void;
  setBudget: (installations: number, identityUpdates: number) => void;
  describe(
    intervalMs: number,
  ): Pick<
    MailboxStatus,
    'state' | 'reason' | 'lastSyncAt' | 'lastError' | 'directions' | 'budget' | 'installations' | 'identityUpdates'
  >;
}

export function createHealthMonitor(options: {
  now: () => number;
  onEvent: (event: MailboxEvent) => void;
  opened: Pick<OpenedClient, 'installations' | 'identityUpdates'>;
  /** What the governor knows. */
  facts: GovernedCalls['facts'];
  /** Why the home is not at its place; `null` when it is. */
  displaced: () => MailboxError | null;
}): HealthMonitor {
  const { now, onEvent, opened, facts, displaced } = options;
  const directions = createDirections(now);
  const failing = new Set<Direction>();
  const elapsed = createElapsedClock(now);
  let syncedAt = 0;
  const health: Health = {
    closed: false,
    terminal: null,
    lastSyncAt: null,
    failingSince: null,
    failure: null,
    silentUntil: null,
    intervalMs: 0,
    lastError: null,
    installations: opened.installations,
    identityUpdates: opened.identityUpdates,
  };
  return {
    synced() {
      if (health.failingSince !== null) onEvent({ level: 'info', name: 'sync-recovered', details: {} });
      health.lastSyncAt = now();
      syncedAt = elapsed();
      health.failingSince = null;
    },
    failed(error) {
      const { code, shortMessage, metaMessages, retryAfterMs } = fromSdkError(error);
      // Nothing was asked, so nothing is known; the budget says why.
      if (code === 'RATE_LIMITED' && retryAfterMs !== null) return;
      if (health.failingSince === null) onEvent({ level: 'warn', name: 'sync-failed', details: { code } });
      health.failingSince ??= now();
      health.lastError = { code, message: shortMessage, hint: metaMessages.join(' '), at: now() };
    },
    noted(work, error) {
      directions.note(work, error);
      if (failing.size === 0 && directions.isClear()) return;
      const failure = directions.failure();
      if (failure !== null) {
        const { code, shortMessage, metaMessages } = failure.error;
        health.lastError = { code, message: shortMessage, hint: metaMessages.join(' '), at: failure.at };
      }
      const { direction } = work;
      const { state, error: reason } = directions.status()[direction];
      if (state === 'failing' && !failing.has(direction)) {
        failing.add(direction);
        onEvent({ level: 'warn', name: 'direction-failing', details: { direction, code: reason?.code ?? null } });
      } else if (state === 'ok' && failing.delete(direction)) {
        onEvent({ level: 'info', name: 'direction-recovered', details: { direction } });
      }
    },
    isFailing: (direction) => directions.status()[direction].state === 'failing',
    fail(error) {
      if (health.terminal !== null) return;
      health.terminal = error;
      const { code, shortMessage, metaMessages } = error;
      health.lastError = { code, message: shortMessage, hint: metaMessages.join(' '), at: now() };
      onEvent({ level: 'error', name: 'mailbox-failed', details: { code: error.code } });
    },
    terminal: () => health.terminal ?? displaced(),
    close() {
      health.closed = true;
    },
    setBudget(installations, identityUpdates) {
      Object.assign(health, { installations, identityUpdates });
    },
    describe(intervalMs) {
      health.intervalMs = intervalMs;
      const { lastSyncAt, lastError } = health;
      // The age of the last sync, whatever the wall clock was set to since.
      const time = lastSyncAt === null ? now() : lastSyncAt + elapsed() - syncedAt;
      const { silentForMs, ...budget } = facts();
      health.silentUntil = silentForMs === null ? null : Math.round(now() + silentForMs);
      health.failure = directions.failure();
      const shown = { directions: directions.status(), budget: { ...budget, silentUntil: health.silentUntil } };
      return {
        ...shown,
        ...describeHealth({ ...health, terminal: health.terminal ?? displaced() }, Math.round(time)),
        lastSyncAt,
        lastError,
        ...identityBudget(health),
      };
    },
  };
}
