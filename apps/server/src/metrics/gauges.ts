import type { MailboxStatus } from '@xmtp-messaging/xmtp-core';

/** The state of the mailbox in numbers. */
export interface Gauges {
  connected: number;
  inbox_pending: number;
  inbox_dead: number;
  inbox_oldest_pending_seconds: number;
  outbox_queued: number;
  outbox_unsettled: number;
  installations_used: number;
  identity_updates_used: number;
  allowlist_entries: number;
  last_sync_age_seconds: number;
}

/** @param status `null` while no mailbox is open */
export function readGauges(status: MailboxStatus | null, allowlistEntries: number, now: number): Gauges {
  const age = (time: number | null | undefined) =>
    time === null || time === undefined ? null : Math.max(0, now - time) / 1000;
  return {
    connected: status?.state === 'connected' ? 1 : 0,
    inbox_pending: status?.inbox.pending ?? 0,
    inbox_dead: status?.inbox.dead ?? 0,
    inbox_oldest_pending_seconds: age(status?.inbox.oldestPendingAt) ?? 0,
    outbox_queued: status?.outbox.queued ?? 0,
    outbox_unsettled: status?.outbox.unsettled ?? 0,
    installations_used: status?.installations.used ?? 0,
    identity_updates_used: status?.identityUpdates.used ?? 0,
    allowlist_entries: allowlistEntries,
    last_sync_age_seconds: age(status?.lastSyncAt) ?? -1,
  };
}
