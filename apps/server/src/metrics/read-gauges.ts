import type { DirectionStatus, MailboxStatus } from '@xmtp-messaging/xmtp-core';

/** The state of the mailbox in numbers. */
export interface Gauges {
  connected: number;
  inbox_pending: number;
  inbox_dead: number;
  inbox_oldest_pending_seconds: number;
  conversations_open: number;
  conversations_denied: number;
  outbox_queued: number;
  outbox_unsettled: number;
  installations_used: number;
  identity_updates_used: number;
  allowlist_entries: number;
  last_sync_age_seconds: number;
  receiving_ok: number;
  sending_ok: number;
  identity_ok: number;
  storage_ok: number;
  database_bytes: number;
  journal_bytes: number;
  network_reads: number;
  network_reads_left: number;
  network_writes: number;
  network_writes_left: number;
  network_minute_used: number;
  network_minute_limit: number;
  network_refusals: number;
  network_waiting: number;
  network_silent_seconds: number;
}

/** @param status `null` while no mailbox is open */
export function readGauges(status: MailboxStatus | null, allowlistEntries: number, now: number): Gauges {
  const age = (time: number | null | undefined) =>
    time === null || time === undefined ? null : Math.max(0, now - time) / 1000;
  const budget = status?.budget;
  const ok = (direction: DirectionStatus | undefined) => (direction?.state === 'failing' ? 0 : 1);
  return {
    connected: status?.state === 'connected' ? 1 : 0,
    inbox_pending: status?.inbox.pending ?? 0,
    inbox_dead: status?.inbox.dead ?? 0,
    inbox_oldest_pending_seconds: age(status?.inbox.oldestPendingAt) ?? 0,
    conversations_open: status?.conversations.open ?? 0,
    conversations_denied: status?.conversations.denied ?? 0,
    outbox_queued: status?.outbox.queued ?? 0,
    outbox_unsettled: status?.outbox.unsettled ?? 0,
    installations_used: status?.installations.used ?? 0,
    identity_updates_used: status?.identityUpdates.used ?? 0,
    allowlist_entries: allowlistEntries,
    last_sync_age_seconds: age(status?.lastSyncAt) ?? -1,
    receiving_ok: ok(status?.directions.receiving),
    sending_ok: ok(status?.directions.sending),
    identity_ok: ok(status?.directions.identity),
    storage_ok: ok(status?.directions.storage),
    database_bytes: status?.storage.databaseBytes ?? 0,
    journal_bytes: status?.storage.journalBytes ?? 0,
    network_reads: budget?.calls.reads ?? 0,
    network_reads_left: budget?.reads?.left ?? -1,
    network_writes: budget?.calls.writes ?? 0,
    network_writes_left: budget?.writes?.left ?? -1,
    network_minute_used: budget?.minute.used ?? 0,
    network_minute_limit: budget?.minute.limit ?? 0,
    network_refusals: budget?.refusals ?? 0,
    network_waiting: budget?.waiting ?? 0,
    network_silent_seconds: Math.max(0, ((budget?.silentUntil ?? now) - now) / 1000),
  };
}
