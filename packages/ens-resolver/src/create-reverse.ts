import { LRUCache } from 'lru-cache';
import { createInFlight } from './cache/create-in-flight.ts';
import type { LookupOptions, Resolve } from './create-resolve.ts';
import type { Router } from './create-router.ts';
import type { HostsFile } from './hosts/open-hosts-file.ts';
import { asResolveError, gaveUp, isAbsence } from './lookup-errors.ts';
import { classifyName } from './names/classify-name.ts';
import { parseAddress } from './names/parse-address.ts';
import type { ResolverSource } from './types.ts';

/** The name of an address, for people to read. */
export interface ReverseResolution {
  /** EIP-55. */
  readonly address: `0x${string}`;
  /** ENSIP-15 form. It resolves back to `address`. */
  readonly name: string;
  /** Who claimed the name. */
  readonly source: ResolverSource;
  /** Whether the way back was confirmed by the chain. */
  readonly verified: boolean;
}

interface Claim {
  name: string | null;
  source: ResolverSource;
}

/** What `createReverse` is made of. */
export interface ReverseDependencies {
  router: Router;
  resolve: Resolve['resolve'];
  hosts: HostsFile | null;
  /** Milliseconds that have elapsed. */
  now: () => number;
  ttlMs: number;
  max: number;
}

/** A reverse lookup with its cache of claims. */
export interface Reverse {
  /** `null` when there is no name to show. */
  reverse: (address: string, options?: LookupOptions) => Promise<ReverseResolution | null>;
  clear: () => void;
}

/** Looks for a name to show beside an address. Anybody can claim any name, so it is resolved and must lead back. */
export function createReverse({ router, resolve, hosts, now, ttlMs, max }: ReverseDependencies): Reverse {
  const claims = new LRUCache<string, Claim & { at: number }>({ max });
  const inFlight = createInFlight<Claim>();

  async function claimOf(address: `0x${string}`, options: LookupOptions): Promise<Claim> {
    const { signal, fresh = false, timeoutMs = 30_000 } = options;
    const kept = fresh ? undefined : claims.get(address);
    if (kept !== undefined && now() - kept.at < ttlMs) return kept;
    return inFlight.join(
      address,
      async (flight) => {
        const claim = await router.reverse(address, flight.signal).catch((cause: unknown) => {
          throw asResolveError(cause, address);
        });
        claims.set(address, { ...claim, at: now() });
        return claim;
      },
      { signal, timeoutMs, error: (why) => gaveUp(address, why, timeoutMs) },
    );
  }

  /** The hosts file proves its own names: it would answer them as well. */
  async function localName(address: `0x${string}`): Promise<string | null> {
    if (hosts === null) return null;
    if (!hosts.isCurrent()) await hosts.refresh();
    return (
      hosts
        .hosts()
        .entries()
        .find((entry) => entry[1] === address)?.[0] ?? null
    );
  }

  async function reverse(text: string, options: LookupOptions = {}): Promise<ReverseResolution | null> {
    const address = parseAddress(text);
    if (options.signal?.aborted === true) throw gaveUp(address, 'aborted', 0);
    const local = await localName(address);
    if (local !== null) return Object.freeze({ address, name: local, source: 'hosts', verified: false });
    const { name, source } = await claimOf(address, options);
    if (name === null || !isShowable(name)) return null;
    try {
      const forward = await resolve(name, options);
      return forward.address === address ? Object.freeze({ address, name, source, verified: forward.verified }) : null;
    } catch (error) {
      if (isAbsence(error)) return null;
      throw error;
    }
  }

  return { reverse, clear: () => claims.clear() };
}

/** ENSIP-15: a claimed name that is not in normal form is not shown, and not even looked up. */
function isShowable(name: string): boolean {
  try {
    const classified = classifyName(name);
    return classified.kind !== 'raw' && classified.name === name;
  } catch {
    return false;
  }
}
