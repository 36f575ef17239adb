import type { Optional } from '@xmtp-messaging/errors';
import { type AdmissionLimits, createAdmission, type RefusalReason } from '@xmtp-messaging/inbound-guard';
import { type Admit, maxContentBytes } from '@xmtp-messaging/xmtp-core';
import type { AgentOptions } from '../agent-options.ts';
import type { AgentHome, AgentMetrics } from '../types.ts';
import { chooseKinds, type MessageKinds } from './choose-kinds.ts';

/**
 * Limits for listed senders are a ceiling against floods, not a pace: what was accepted waits in the journal for the
 * agent, and a sender who was away, or who writes to an agent that was away, must not lose messages for it. Strangers
 * keep the strict limits of the guard, or those that the operator sets.
 */
const listedLimits: Optional<AdmissionLimits> = {
  // What is accepted to be sent is accepted to be heard.
  allowlistedMaxBytes: maxContentBytes,
  allowlistedSender: { burst: 20_000, perSecond: 20 },
  senderBytes: { burst: 268_435_456, perSecond: 1_048_576 },
  total: { burst: 50_000, perSecond: 100 },
};

/** The limits that an operator of open mode may set. */
export type StrangerLimits = Optional<Pick<AdmissionLimits, 'unknownSender' | 'unknownTotal'>>;

/** What decides who is heard. */
export interface CreateAdmitOptions {
  home: Pick<AgentHome, 'allowlist' | 'denylist' | 'grouplist'>;
  mode: 'closed' | 'open';
  /** @default 'listed-senders' */
  groups?: AgentOptions['groups'];
  /** @default those of the guard */
  strangers?: StrangerLimits | undefined;
  /** @default every kind is heard, and all wake but `quietKinds` */
  kinds?: MessageKinds | undefined;
  metrics: Pick<AgentMetrics, 'accepted' | 'dropped'>;
  now: () => number;
}

/** The guard, fed by the lists. The mailbox leaves its own messages out. */
export function createAdmit(options: CreateAdmitOptions): Admit {
  const { home, mode, groups, metrics, now } = options;
  const { isHeard, wakes } = chooseKinds(options.kinds);
  const admission = createAdmission({
    mode,
    groups,
    contentTypes: isHeard,
    isAllowed: (address) => home.allowlist.has(address),
    isGroupListed: (conversationId) => home.grouplist.has(conversationId),
    // A denylist that cannot be read denies everybody: closed on any doubt.
    isDenied: (address) => home.denylist.status().state !== 'ready' || home.denylist.has(address),
    // The mailbox keeps the journal; it asks again only for what it could not record.
    duplicates: 'repeat',
    limits: { ...listedLimits, ...options.strangers },
    now,
  });
  return (envelope) => {
    const verdict = admission.admit(envelope);
    const doubt = verdict.admit ? null : doubtBehind(verdict.reason, home);
    if (doubt !== null) return { admit: false, reason: doubt, undecided: true };
    if (!verdict.admit) {
      metrics.dropped(verdict.reason);
      return verdict;
    }
    metrics.accepted(verdict.sender);
    return wakes(envelope.contentType) ? verdict : { ...verdict, wakes: false };
  };
}

/** Refusals that a place on the allowlist would have spared the sender. */
const forWantOfAPlace: ReadonlySet<RefusalReason> = new Set([
  'not-listed',
  'group-sender-not-listed',
  'sender-rate',
  'sender-bytes',
  'unknown-rate',
]);

/** Closed means that nobody is heard, not that anything is decided: the list that cannot be read is the reason, then. */
function doubtBehind(
  reason: RefusalReason,
  { allowlist, denylist, grouplist }: CreateAdmitOptions['home'],
): string | null {
  if (reason === 'group-not-listed') return grouplist.status().state === 'ready' ? null : 'grouplist-unreadable';
  if (reason === 'denied') return denylist.status().state === 'ready' ? null : 'denylist-unreadable';
  return forWantOfAPlace.has(reason) && allowlist.status().state !== 'ready' ? 'allowlist-unreadable' : null;
}

/**
 * Whether anything of an address might be heard, now or once a list can be read again. Conversations in which nobody
 * may be heard are denied, so that they cost nothing any more; a list in doubt denies none.
 */
export function mayBeHeard({
  home,
  mode,
}: {
  /** Whose lists decide. */
  home: Pick<AgentHome, 'allowlist' | 'denylist'>;
  /** `open`: whoever is not on the denylist. */
  mode: 'closed' | 'open';
}): (address: string) => boolean {
  const { allowlist, denylist } = home;
  return (address) => {
    if (denylist.status().state === 'ready' && denylist.has(address)) return false;
    return mode === 'open' || allowlist.status().state !== 'ready' || allowlist.has(address);
  };
}
