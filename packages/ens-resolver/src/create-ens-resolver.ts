import { createAnswerCache } from './cache/answer-cache.ts';
import { createResolve, type LookupOptions } from './create-resolve.ts';
import { createRouter } from './create-router.ts';
import { openHostsFile } from './hosts/open-hosts-file.ts';
import { ResolveError } from './resolve-error.ts';
import type { EnsResolverOptions } from './resolver-options.ts';
import type { Resolution } from './types.ts';

/** Resolves names and addresses. Every method rejects with ResolveError only. */
export interface EnsResolver {
  /** The address of a name, or the checked form of an address. */
  resolve(nameOrAddress: string, options?: LookupOptions): Promise<Resolution>;
  /** Like `resolve`, with `null` for NOT_FOUND and NO_ADDRESS. */
  tryResolve(nameOrAddress: string, options?: LookupOptions): Promise<Resolution | null>;
  /** Forgets one name, or all. Lookups that are running answer those who wait, and are not kept. */
  invalidate(name?: string): void;
}

/**
 * @example
 * const resolver = createEnsResolver();
 * const { address, source } = await resolver.resolve('vitalik.eth');
 * @throws ResolveError INVALID_OPTION
 */
export function createEnsResolver(options: EnsResolverOptions = {}): EnsResolver {
  const { now = Date.now, cache = {}, hosts } = options;
  const { resolve, invalidate } = createResolve({
    cache: createAnswerCache(cache, now),
    router: createRouter(options, now),
    hosts: hosts === undefined ? null : openHostsFile(hosts, now),
    now,
    maxInputs: 2 * (cache.max ?? 1_000),
  });

  return {
    resolve,
    invalidate,
    async tryResolve(nameOrAddress, lookupOptions) {
      try {
        return await resolve(nameOrAddress, lookupOptions);
      } catch (error) {
        if (error instanceof ResolveError && (error.code === 'NOT_FOUND' || error.code === 'NO_ADDRESS')) return null;
        throw error;
      }
    },
  };
}
