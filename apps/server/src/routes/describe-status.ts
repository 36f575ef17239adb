import type { Allowlist } from '@xmtp-messaging/allowlist';
import * as Address from 'ox/Address';
import type { Services } from './services.ts';

/** The answer of `GET /xmtp/status`. Old clients read `connected` and `address`; the rest is for people and dashboards. */
export function describeStatus(services: Services) {
  const { runtime, loopGuard, now } = services;
  const running = runtime.state();
  const home = runtime.home();
  const mailbox = running.state === 'open' ? (runtime.mailbox()?.status() ?? null) : null;
  const state = running.state === 'open' ? (mailbox?.state ?? 'starting') : running.state;
  const drifts = home?.drift.drifts() ?? [];
  return {
    connected: state === 'connected',
    address: home?.address ?? (mailbox === null ? null : Address.checksum(mailbox.address)),
    state,
    reason: mailbox?.reason ? { hint: '', ...mailbox.reason } : running.reason,
    warnings: warnings(services),
    env: services.env,
    mode: services.mode,
    boundaryMode: services.boundaryMode,
    inboxId: mailbox?.inboxId ?? null,
    installationId: mailbox?.installationId ?? null,
    opening: { attempts: running.attempts, nextAttemptAt: iso(running.nextAttemptAt) },
    lastSyncAt: iso(mailbox?.lastSyncAt),
    stream:
      mailbox === null
        ? null
        : { ...mailbox.bell, lastRingAt: iso(mailbox.bell.lastRingAt), since: iso(mailbox.bell.since) },
    journal: mailbox === null ? null : { ...mailbox.inbox, oldestPendingAt: iso(mailbox.inbox.oldestPendingAt) },
    outbox: mailbox?.outbox ?? null,
    installations: mailbox?.installations ?? null,
    identityUpdates: mailbox?.identityUpdates ?? null,
    allowlist: describeList(home?.allowlist),
    denylist: describeList(home?.denylist),
    drifts: drifts.map((drift) => ({
      name: drift.name,
      address: drift.address,
      leadsTo: drift.resolvedAddress,
      since: iso(drift.since),
    })),
    delivery: describeDelivery(services),
    loopGuard: loopGuard.state(),
    lastError: mailbox?.lastError ? { ...mailbox.lastError, at: iso(mailbox.lastError.at) } : null,
    version: services.version,
    startedAt: iso(services.startedAt),
    now: iso(now()),
  };
}

function describeList(list: Allowlist | undefined) {
  const status = list?.status();
  return status === undefined ? null : { ...status, loadedAt: iso(status.loadedAt) };
}

function describeDelivery({ delivery }: Services) {
  const state = delivery();
  if (state === null) return null;
  const lastError = state.lastError === null ? null : { ...state.lastError, at: iso(state.lastError.at) };
  return { ...state, lastError, lastDeliveredAt: iso(state.lastDeliveredAt) };
}

/** What an operator should not overlook. */
function warnings({ runtime, mode, delivery }: Services): string[] {
  const home = runtime.home();
  const mailbox = runtime.mailbox()?.status();
  const found: string[] = [];
  if (mode === 'open') found.push('Open mode: anyone who is not on the denylist is heard.');
  if (home?.allowlist.status().state === 'unreadable')
    found.push('The allowlist cannot be read: nobody on it is heard until the file is mended.');
  if (home?.denylist.status().state === 'unreadable')
    found.push('The denylist cannot be read: nobody is heard until the file is mended.');
  for (const drift of home?.drift.drifts() ?? [])
    found.push(
      `The name ${drift.name} of the allowlist now leads to another address; the listed address stays in force.`,
    );
  if (mailbox?.identityUpdates.warning === true)
    found.push(
      `The inbox has used ${mailbox.identityUpdates.used} of ${mailbox.identityUpdates.limit} identity updates, which can never be won back.`,
    );
  if (mailbox !== undefined && mailbox.installations.used >= mailbox.installations.limit - 2)
    found.push(`The inbox has ${mailbox.installations.used} of ${mailbox.installations.limit} installations.`);
  for (const { message } of mailbox?.losses ?? []) found.push(message);
  if (delivery()?.state === 'disabled') found.push('Delivery is disabled: the agent answered 410 Gone.');
  return found;
}

function iso(time: number | null | undefined): string | null {
  return time === null || time === undefined ? null : new Date(time).toISOString();
}
