import { descend } from './envelope-wire.ts';
import { fieldsOf, findBytes } from './wire.ts';

/** What an inbox has used up. */
export interface IdentityCounts {
  identityUpdates: number;
  /** Those that went with an address that was taken out are counted still. */
  installations: number;
}

/**
 * Counts in a `GetIdentityUpdatesResponse` for one inbox: responses (1) of updates (2) of update (3) of actions (1), which add (2) or
 * revoke (3) a member (1), an installation (2) for one. `null` when it speaks of no inbox, or is cut.
 */
export function countIdentity(response: Buffer): IdentityCounts | null {
  const answer = findBytes(response, 1, false);
  if (answer === null) return null;
  const installations = new Set<string>();
  let identityUpdates = 0;
  for (const update of fieldsOf(answer)) {
    if (update.number !== 2 || update.bytes === undefined) continue;
    if (update.isCut === true) return null;
    identityUpdates += 1;
    for (const { number, bytes } of fieldsOf(descend(update.bytes, [3]) ?? Buffer.alloc(0))) {
      if (number !== 1 || bytes === undefined) continue;
      const [added, revoked] = [descend(bytes, [2, 1, 2]), descend(bytes, [3, 1, 2])];
      if (added !== null) installations.add(added.toString('hex'));
      if (revoked !== null) installations.delete(revoked.toString('hex'));
    }
  }
  return { identityUpdates, installations: installations.size };
}
