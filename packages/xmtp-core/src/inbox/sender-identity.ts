import { createElapsedClock } from '@xmtp-messaging/errors';
import type { Address } from '../types.ts';

/** What the rule asks the network. */
export interface IdentitySource {
  fetchIdentity(inboxId: string): Promise<{ addresses: readonly string[] }>;
  inboxIdOf(address: string): Promise<string | null>;
}

/** The addresses that speak for an inbox. */
export type ResolveSender = (inboxId: string) => Promise<readonly Address[]>;

const maxCached = 10_000;

/**
 * An address counts for an inbox only when the inbox lists it and the network maps it back to this same
 * inbox: an address that moved on stays listed in its old inbox.
 * Answers are kept for at most `ttlMs`; failures are not kept, so that nothing is decided on them.
 */
export function createSenderIdentity(options: {
  source: IdentitySource;
  now: () => number;
  /** @default 60_000 */
  ttlMs?: number | undefined;
}): ResolveSender {
  const { source, ttlMs = 60_000 } = options;
  const now = createElapsedClock(options.now);
  const cache = new Map<string, { until: number; addresses: Promise<readonly Address[]> }>();

  const resolve = async (inboxId: string) => {
    const { addresses } = await source.fetchIdentity(inboxId);
    const owners = await Promise.all(addresses.map((address) => source.inboxIdOf(address)));
    return addresses.filter((_, index) => owners[index] === inboxId) as Address[];
  };

  return (inboxId) => {
    const known = cache.get(inboxId);
    if (known !== undefined && known.until > now()) return known.addresses;
    const entry = { until: now() + ttlMs, addresses: resolve(inboxId) };
    cache.delete(inboxId);
    cache.set(inboxId, entry);
    entry.addresses.catch(() => {
      if (cache.get(inboxId) === entry) cache.delete(inboxId);
    });
    for (const oldest of cache.keys()) {
      if (cache.size <= maxCached) break;
      cache.delete(oldest);
    }
    return entry.addresses;
  };
}
