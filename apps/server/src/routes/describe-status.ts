import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import type { ListFile } from '@xmtp-messaging/allowlist';
import type { DirectionStatus, MailboxStatus } from '@xmtp-messaging/xmtp-core';
import { findWarnings } from './find-warnings.ts';
import type { Services } from './services.ts';

/** The answer of `GET /xmtp/status`. Old clients read `connected` and `address`; the rest is for people and dashboards. */
export function describeStatus(services: Services) {
  const { runtime, loopGuard, now } = services;
  const running = runtime.state();
  const home = runtime.home();
  const mailbox = running.state === 'open' ? (runtime.mailbox()?.status() ?? null) : null;
  const state = running.state === 'open' ? (mailbox?.state ?? 'starting') : running.state;
  const bell =
    mailbox === null
      ? null
      : { ...mailbox.bell, lastRingAt: iso(mailbox.bell.lastRingAt), since: iso(mailbox.bell.since) };
  const inbox =
    mailbox === null
      ? null
      : {
          ...mailbox.inbox,
          oldestPendingAt: iso(mailbox.inbox.oldestPendingAt),
          waiting: mailbox.inbox.waiting.map((one) => ({ ...one, since: iso(one.since) })),
        };
  const drifts = home?.drift.drifts() ?? [];
  return {
    connected: state === 'connected',
    name: services.name,
    address: home?.address ?? (mailbox === null ? null : toChecksumAddress(mailbox.address)),
    state,
    reason: mailbox?.reason ? { ...mailbox.reason, hint: mailbox.reason.hint ?? '', causes: [] } : running.reason,
    warnings: findWarnings(services),
    env: services.env,
    mode: services.mode,
    boundaryMode: services.boundaryMode,
    inboxId: mailbox?.inboxId ?? null,
    installationId: mailbox?.installationId ?? null,
    opening: { attempts: running.attempts, nextAttemptAt: iso(running.nextAttemptAt) },
    lastSyncAt: iso(mailbox?.lastSyncAt),
    bell,
    // The names of before, for whoever reads them: each is the same.
    stream: bell,
    directions: mailbox === null ? null : describeDirections(mailbox.directions),
    budget: mailbox === null ? null : { ...mailbox.budget, silentUntil: iso(mailbox.budget.silentUntil) },
    inbox,
    journal: inbox,
    conversations: mailbox?.conversations ?? null,
    outbox: mailbox?.outbox ?? null,
    disk: services.disk(),
    storage: mailbox?.storage ?? null,
    installations: mailbox?.installations ?? null,
    identityUpdates: mailbox?.identityUpdates ?? null,
    allowlist: describeList(home?.allowlist),
    denylist: describeList(home?.denylist),
    grouplist: describeList(home?.grouplist),
    groups: services.groups,
    drifts: drifts.map((drift) => ({
      name: drift.name,
      address: drift.address,
      leadsTo: drift.resolvedAddress,
      since: iso(drift.since),
    })),
    delivery: describeDelivery(services),
    loopGuard: loopGuard.state(),
    lastError: mailbox?.lastError
      ? { ...mailbox.lastError, hint: mailbox.lastError.hint ?? '', at: iso(mailbox.lastError.at) }
      : null,
    version: services.version,
    startedAt: iso(services.startedAt),
    now: iso(now()),
  };
}

function describeList(list: ListFile | undefined) {
  const status = list?.status();
  return status === undefined ? null : { ...status, loadedAt: iso(status.loadedAt) };
}

function describeDirections({ receiving, sending, identity, storage }: MailboxStatus['directions']) {
  const describe = ({ lastOkAt, error, ...rest }: DirectionStatus) => ({
    ...rest,
    lastOkAt: iso(lastOkAt),
    error: error === null ? null : { ...error, at: iso(error.at) },
  });
  return {
    receiving: describe(receiving),
    sending: describe(sending),
    identity: describe(identity),
    storage: describe(storage),
  };
}

function describeDelivery({ delivery }: Services) {
  const state = delivery();
  if (state === null) return null;
  const lastError = state.lastError === null ? null : { ...state.lastError, at: iso(state.lastError.at) };
  const mixedGroups = { ...state.mixedGroups, lastAt: iso(state.mixedGroups.lastAt) };
  return { ...state, mixedGroups, lastError, lastDeliveredAt: iso(state.lastDeliveredAt) };
}

function iso(time: number | null | undefined): string | null {
  return time === null || time === undefined ? null : new Date(time).toISOString();
}
