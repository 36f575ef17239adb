import { createElapsedClock, wallClock } from '@xmtp-messaging/errors';
import { createAnswerCache } from './cache/create-answer-cache.ts';
import { createResolve, type LookupOptions } from './create-resolve.ts';
import { createReverse, type ReverseResolution } from './create-reverse.ts';
import { createRouter, type RouterParts } from './create-router.ts';
import type { HostsFile } from './hosts/open-hosts-file.ts';
import { isAbsence } from './lookup-errors.ts';
import { processTime } from './process-time.ts';
import { type BatchResult, resolveMany, type ResolveManyOptions } from './resolve-many.ts';
import { resolvePinned } from './resolve-pinned.ts';
import type { SharedOptions } from './resolver-options.ts';
import type { Resolution } from './types.ts';

/** How one call of `resolve` behaves. */
export interface ResolveOptions extends LookupOptions {
  /** The address that the name had when it was first trusted; any other fails with ADDRESS_CHANGED. @default none */
  pinned?: string | undefined;
}

/** Resolves names and addresses. Every method rejects with ResolveError only. */
export interface EnsResolver {
  /** The address of a name, or the checked form of an address. */
  readonly resolve: (nameOrAddress: string, options?: ResolveOptions) => Promise<Resolution>;
  /** Like `resolve`, with `null` for NOT_FOUND and NO_ADDRESS. */
  readonly tryResolve: (nameOrAddress: string, options?: ResolveOptions) => Promise<Resolution | null>;
  /** One result per input, in order. Rejects only when aborted. */
  readonly resolveMany: (names: readonly string[], options?: ResolveManyOptions) => Promise<BatchResult[]>;
  /** A name to show beside an address: claimed by it, and resolved back to it. `null` when there is none. */
  readonly reverse: (address: string, options?: LookupOptions) => Promise<ReverseResolution | null>;
  /** Forgets one name, or all. Lookups that are running answer those who wait, and are not kept. */
  readonly invalidate: (name?: string) => void;
}

/** What differs between Node and a browser. */
export interface ResolverParts extends Omit<RouterParts, 'now'> {
  /** `null` where there is none. */
  hosts: HostsFile | null;
}

/** @throws ResolveError INVALID_OPTION */
export function composeResolver(options: SharedOptions, { hosts, ...parts }: ResolverParts): EnsResolver {
  const { now = wallClock, random = Math.random, cache = {} } = options;
  const { ttlMs = 300_000, max = 1_000 } = cache;
  const elapsed = createElapsedClock(now);
  const answers = createAnswerCache(cache, elapsed);
  const router = createRouter(options, { ...parts, now });
  const { resolve, invalidate } = createResolve({ cache: answers, router, hosts, now, maxInputs: 2 * max });
  const { reverse, clear } = createReverse({ router, resolve, hosts, now: elapsed, ttlMs, max });

  const resolveAny: EnsResolver['resolve'] = (nameOrAddress, lookup) =>
    lookup?.pinned === undefined
      ? resolve(nameOrAddress, lookup)
      : resolvePinned(resolve, { name: nameOrAddress, address: lookup.pinned }, lookup);

  return Object.freeze<EnsResolver>({
    resolve: resolveAny,
    tryResolve: (nameOrAddress, lookup) =>
      resolveAny(nameOrAddress, lookup).catch((error: unknown) => {
        if (isAbsence(error)) return null;
        throw error;
      }),
    resolveMany: (names, batch = {}) => resolveMany(resolve, names, batch, { random, time: processTime }),
    reverse,
    invalidate: (name) => {
      invalidate(name);
      if (name === undefined) clear();
    },
  });
}
