import { identityUpdateLimit, installationLimit } from '../constants.ts';
import { mailboxError } from '../errors.ts';
import { askNode } from '../grpc/ask-node.ts';
import { countIdentity } from '../grpc/count-identity.ts';
import { encodeIdentityUpdatesRequest } from '../grpc/wire.ts';

const path = '/xmtp.identity.api.v1.IdentityApi/GetIdentityUpdates';

/** Of an inbox: what it has used of what the network gives it, for good. */
export interface IdentityBudget {
  /** Registered now. `used` may count some too many; `limit` is the network's. */
  installations: { used: number; limit: number };
  /** Ever made; the network takes no further one beyond `limit`. */
  identityUpdates: { used: number; limit: number };
}

/**
 * Asks a V3 node what an inbox has used up, in one question; no mailbox is opened. Installations that went with an address that was taken out
 * of the inbox are counted still, so there may be fewer.
 * @param options.url Of the node.
 * @throws MailboxError NETWORK_UNREACHABLE
 */
export async function askIdentityBudget(options: {
  url: string;
  /** 64 hexadecimal digits. */
  inboxId: string;
  /** Milliseconds. @default 5_000 */
  timeoutMs?: number | undefined;
}): Promise<IdentityBudget> {
  const { url, inboxId, timeoutMs = 5_000 } = options;
  const request = encodeIdentityUpdatesRequest(new Map([[inboxId, 0n]]));
  const answer = await askNode(url, path, request, { timeoutMs }).catch((cause: unknown) => {
    throw mailboxError('NETWORK_UNREACHABLE', { cause });
  });
  const counts = countIdentity(answer);
  if (counts === null) throw mailboxError('NETWORK_UNREACHABLE', { detail: 'The node did not speak of this inbox.' });
  return {
    installations: { used: counts.installations, limit: installationLimit },
    identityUpdates: { used: counts.identityUpdates, limit: identityUpdateLimit },
  };
}
