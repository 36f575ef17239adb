import { createElapsedClock } from '@xmtp-messaging/errors';
import type { MailboxError } from './errors.ts';
import type { OpenedClient } from './open-client.ts';
import { fromSdkError } from './sdk/classify-error.ts';
import { type Health, identityBudget, judgeHealth } from './status.ts';
import type { MailboxStatus } from './types-status.ts';
import type { MailboxEvent } from './types.ts';

/** Remembers how syncs went, and says so once when that changes. */
export interface HealthMonitor {
  synced: () => void;
  failed: (error: unknown) => void;
  /** A condition that only a person can end. */
  fail: (error: MailboxError) => void;
  terminal(): MailboxError | null;
  close(): void;
  setBudget: (installations: number, identityUpdates: number) => void;
  judge(
    intervalMs: number,
  ): Pick<MailboxStatus, 'state' | 'reason' | 'lastSyncAt' | 'lastError' | 'installations' | 'identityUpdates'>;
}

export function createHealthMonitor(options: {
  now: () => number;
  onEvent: (event: MailboxEvent) => void;
  opened: Pick<OpenedClient, 'installations' | 'identityUpdates'>;
}): HealthMonitor {
  const { now, onEvent, opened } = options;
  const elapsed = createElapsedClock(now);
  let syncedAt = 0;
  const health: Health = {
    closed: false,
    terminal: null,
    lastSyncAt: null,
    failingSince: null,
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
      const { code, shortMessage, metaMessages } = fromSdkError(error);
      if (health.failingSince === null) onEvent({ level: 'warn', name: 'sync-failed', details: { code } });
      health.failingSince ??= now();
      health.lastError = { code, message: shortMessage, hint: metaMessages.join(' '), at: now() };
    },
    fail(error) {
      if (health.terminal !== null) return;
      health.terminal = error;
      const { code, shortMessage, metaMessages } = error;
      health.lastError = { code, message: shortMessage, hint: metaMessages.join(' '), at: now() };
      onEvent({ level: 'error', name: 'mailbox-failed', details: { code: error.code } });
    },
    terminal: () => health.terminal,
    close() {
      health.closed = true;
    },
    setBudget(installations, identityUpdates) {
      Object.assign(health, { installations, identityUpdates });
    },
    judge(intervalMs) {
      health.intervalMs = intervalMs;
      const { lastSyncAt, lastError } = health;
      // The age of the last sync, whatever the wall clock was set to since.
      const time = lastSyncAt === null ? now() : lastSyncAt + elapsed() - syncedAt;
      return { ...judgeHealth(health, Math.round(time)), lastSyncAt, lastError, ...identityBudget(health) };
    },
  };
}
