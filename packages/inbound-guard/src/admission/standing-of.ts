import type { AdmissionEnvelope, RefusalReason } from './verdict.ts';

/** In groups listed senders are heard: in all of them, in those that are listed, or in none. */
export type GroupsMode = 'listed-senders' | 'listed-groups' | 'off';

/** Whom to hear. Everything here is decided without state. */
export interface StandingOptions {
  /** Lower case; `null` when it is not known. */
  self: string | null;
  mode: 'closed' | 'open';
  groups: GroupsMode;
  contentTypes: readonly string[] | ((contentType: string) => unknown);
  /** Only `true` counts: a promise, or any other mistake of the caller, must not open the door. */
  isAllowed: (address: string) => unknown;
  /** Likewise. */
  isGroupListed: (conversationId: string) => unknown;
  /** Only `false` lets pass. */
  isDenied: (address: string) => unknown;
}

/** Who the sender is to this agent, or why it is not heard, before anything is counted or remembered. */
export function standingOf(
  envelope: AdmissionEnvelope,
  options: StandingOptions,
): 'allowlisted' | 'unknown' | { reason: RefusalReason } {
  if (envelope.senderInboxId.toLowerCase() === options.self) return { reason: 'self' };
  if (!isListened(envelope.contentType, options.contentTypes)) return { reason: 'content-type' };
  const addresses = envelope.senderAddresses.map((address) => address.toLowerCase());
  if (addresses.length === 0) return { reason: 'no-address' };
  if (addresses.some((address) => options.isDenied(address) !== false)) return { reason: 'denied' };
  const isListed = addresses.some((address) => options.isAllowed(address) === true);
  if (envelope.conversationType !== 'dm') {
    if (options.groups === 'off') return { reason: 'groups-off' };
    if (!isListed) return { reason: 'group-sender-not-listed' };
    const isOpen = options.groups === 'listed-senders' || options.isGroupListed(envelope.conversationId) === true;
    if (!isOpen) return { reason: 'group-not-listed' };
  }
  if (isListed) return 'allowlisted';
  return options.mode === 'open' ? 'unknown' : { reason: 'not-listed' };
}

/** `xmtp.org/text:1` listens to every minor version of 1. */
function isListened(contentType: string, listened: StandingOptions['contentTypes']): boolean {
  if (typeof listened === 'function') return listened(contentType) === true;
  const match = /^([\w.-]+\/[\w.-]+:\d+)\.\d+$/.exec(contentType);
  return match !== null && listened.includes(match[1]!);
}
