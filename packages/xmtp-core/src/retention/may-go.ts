import type { InboundRecord } from '../types.ts';
import type { OutboundRow } from '../outbox/create-outbound-store.ts';
import type { StoredMessage } from '../sdk/conversation.ts';

/** What the journal knows of a message that may be deleted. */
export interface KnownOf {
  inbound: Pick<InboundRecord, 'state'> | null;
  outbound: Pick<OutboundRow, 'state' | 'idempotencyKey'> | null;
  isOwn: boolean;
  /** It waits for a decision, or is deleted with what was dropped. */
  isElsewhere: boolean;
}

/**
 * Whether a message may go: old by the network's clock and by ours, handled, and nothing that somebody may still ask for.
 * @param untilNs Older than this is old.
 * @param scannedNs What was inserted before was decided on.
 */
export function mayGo(
  { sentAtNs, insertedAtNs, isPublished }: Pick<StoredMessage, 'sentAtNs' | 'insertedAtNs' | 'isPublished'>,
  { inbound, outbound, isOwn, isElsewhere }: KnownOf,
  { untilNs, scannedNs }: { untilNs: bigint; scannedNs: bigint },
): boolean {
  if (sentAtNs >= untilNs || insertedAtNs >= untilNs || insertedAtNs >= scannedNs || isElsewhere) return false;
  if (isOwn) {
    const isSettled = outbound === null ? isPublished : outbound.state === 'sent' || outbound.state === 'failed';
    return isSettled && (outbound?.idempotencyKey ?? null) === null;
  }
  return inbound === null || (inbound.state !== 'pending' && inbound.state !== 'dead');
}
