import { LRUCache } from 'lru-cache';
import { atLeast, count } from '../options.ts';
import type { ResolveError } from '../errors.ts';
import type { Resolution, SourceResult } from '../types.ts';

/** How long answers are kept. */
export interface CacheOptions {
  /** Milliseconds an address is used. @default 300_000 */
  ttlMs?: number | undefined;
  /** Milliseconds that NOT_FOUND and NO_ADDRESS are remembered. @default 30_000 */
  notFoundTtlMs?: number | undefined;
  /** How many names are kept; the least recently used go first. @default 1_000 */
  max?: number | undefined;
  /** Milliseconds after its TTL that an address is still given, marked `stale`, while its source fails. @default 0 */
  staleIfErrorMs?: number | undefined;
}

/** An address with its origin. */
export interface Answer extends SourceResult {
  readonly verified: boolean;
  /** Milliseconds since the epoch. */
  readonly resolvedAt: number;
}

/** What is known about a name: an address, or that there is none. */
export type Outcome = { readonly answer: Answer } | { readonly error: ResolveError };

/** An outcome in the cache. */
export interface CacheEntry {
  readonly outcome: Outcome;
  readonly storedAt: number;
  /** The resolution last shown for it, so that a repeated lookup builds nothing. */
  shown: Resolution | null;
}

/** Outcomes by normalised name. Its size and the age of what it returns are bounded. */
export interface AnswerCache {
  /** The entry, if it is still good. */
  get(name: string): CacheEntry | undefined;
  /** The entry with an address, if it may stand in for a failing source. */
  getStale(name: string): CacheEntry | undefined;
  set(name: string, outcome: Outcome): void;
  delete(name: string): void;
  clear(): void;
}

/**
 * @param now Milliseconds that have elapsed. If it jumps back all the same, entries count as expired.
 * @throws ResolveError INVALID_OPTION
 */
export function createAnswerCache(options: CacheOptions, now: () => number): AnswerCache {
  const ttlMs = atLeast(0, 'cache.ttlMs', options.ttlMs ?? 300_000);
  const notFoundTtlMs = atLeast(0, 'cache.notFoundTtlMs', options.notFoundTtlMs ?? 30_000);
  const staleIfErrorMs = atLeast(0, 'cache.staleIfErrorMs', options.staleIfErrorMs ?? 0);
  const entries = new LRUCache<string, CacheEntry>({ max: count('cache.max', options.max ?? 1_000) });

  const getWithin = (name: string, extraMs: number) => {
    const entry = entries.get(name);
    if (entry === undefined) return undefined;
    const age = now() - entry.storedAt;
    const limit = 'answer' in entry.outcome ? ttlMs + extraMs : notFoundTtlMs;
    return age >= 0 && age < limit ? entry : undefined;
  };

  return {
    get: (name) => getWithin(name, 0),
    getStale(name) {
      const entry = getWithin(name, staleIfErrorMs);
      return entry !== undefined && 'answer' in entry.outcome ? entry : undefined;
    },
    set: (name, outcome) => void entries.set(name, { outcome, storedAt: now(), shown: null }),
    delete: (name) => void entries.delete(name),
    clear: () => entries.clear(),
  };
}
