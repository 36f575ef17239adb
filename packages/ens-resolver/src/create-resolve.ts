import { LRUCache } from 'lru-cache';
import type { Answer, AnswerCache, CacheEntry, Outcome } from './cache/create-answer-cache.ts';
import { createInFlight } from './cache/create-in-flight.ts';
import type { NamedKind, Router } from './create-router.ts';
import type { HostsFile } from './hosts/open-hosts-file.ts';
import { asResolveError, gaveUp, isAbsence } from './lookup-errors.ts';
import { kindOfName, looksLikeAddress } from './names/classify-name.ts';
import { normalizeName } from './names/normalize-name.ts';
import { ResolveError } from './errors.ts';
import { type KnownInput, showAddress, showAnswer, showEntry } from './show-resolution.ts';
import type { Resolution } from './types.ts';

/** How one call behaves. */
export interface LookupOptions {
  /** Ends this call only; a lookup that others wait for goes on. @default none */
  signal?: AbortSignal | undefined;
  /** Do not use the cache; a lookup that is already running is shared. @default false */
  fresh?: boolean | undefined;
  /** Milliseconds until this call ends with TIMEOUT. @default 30_000 */
  timeoutMs?: number | undefined;
}

/** What a lookup is made of. */
export interface ResolveDependencies {
  cache: AnswerCache;
  router: Router;
  hosts: HostsFile | null;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** How many inputs are remembered with their normalised form. */
  maxInputs: number;
}

/** A lookup with its cache. */
export interface Resolve {
  resolve: (input: string, options?: LookupOptions) => Promise<Resolution>;
  invalidate: (name?: string) => void;
}

/** Hosts file, then cache, then the one lookup that is running, or is started, for the name. */
export function createResolve({ cache, router, hosts, now, maxInputs }: ResolveDependencies): Resolve {
  const inputs = new LRUCache<string, KnownInput>({ max: maxInputs });
  const inFlight = createInFlight<Outcome>();

  function know(input: string): KnownInput {
    const seen = inputs.get(input);
    if (seen !== undefined) return seen;
    const known = { input, ...normalizeName(input) };
    inputs.set(input, known);
    return known;
  }

  /** The whole path of a repeated lookup: two map reads, nothing built, nothing normalised. */
  function recall(input: string): Resolution | null {
    const known = inputs.get(input);
    if (known === undefined) return null;
    if (hosts !== null && (!hosts.isCurrent() || hosts.hosts().has(known.name))) return null;
    const entry = cache.get(known.name);
    return entry !== undefined && 'answer' in entry.outcome ? showEntry(entry, entry.outcome.answer, known) : null;
  }

  async function lookInHosts(name: string): Promise<Answer | null> {
    if (hosts === null) return null;
    if (!hosts.isCurrent()) await hosts.refresh();
    const address = hosts.hosts().get(name);
    return address === undefined ? null : { address, source: 'hosts', verified: false, resolvedAt: hosts.loadedAt() };
  }

  /** Asks the source, and keeps what it says about the name; failures of the source are not kept. */
  function ask(kind: NamedKind, known: KnownInput, options: LookupOptions): Promise<Outcome> {
    const { name, input } = known;
    const { signal, timeoutMs = 30_000 } = options;
    return inFlight.join(
      name,
      async (flight) => {
        const outcome = await outcomeOf(router.lookup(kind, name, flight.signal), name);
        if (flight.isCurrent()) cache.set(name, outcome);
        return outcome;
      },
      { signal, timeoutMs, error: (why) => gaveUp(input, why, timeoutMs) },
    );
  }

  async function lookUp(input: string, options: LookupOptions): Promise<Resolution> {
    if (typeof input !== 'string') throw new ResolveError({ code: 'INVALID_NAME', reason: 'A name must be text.' });
    if (looksLikeAddress(input)) return showAddress(input, now());
    const known = know(input);
    const local = await lookInHosts(known.name);
    if (local !== null) return showAnswer(local, known, 'source');
    const kind = kindOfName(known.name, input);
    const entry: CacheEntry | undefined = options.fresh === true ? undefined : cache.get(known.name);
    if (entry !== undefined && 'answer' in entry.outcome) return showEntry(entry, entry.outcome.answer, known);
    try {
      const outcome = entry?.outcome ?? (await ask(kind, known, options));
      if ('error' in outcome) throw outcome.error;
      return showAnswer(outcome.answer, known, 'source');
    } catch (cause) {
      const stale = options.fresh !== true && standIn(cause) ? cache.getStale(known.name) : undefined;
      if (stale === undefined || 'error' in stale.outcome) throw cause;
      return showAnswer(stale.outcome.answer, known, 'stale');
    }
  }

  return {
    resolve(input, options = {}) {
      if (options.signal?.aborted === true) return Promise.reject(gaveUp(input, 'aborted', 0));
      const hit = options.fresh === true ? null : recall(input);
      return hit === null ? lookUp(input, options) : Promise.resolve(hit);
    },
    invalidate(name) {
      if (name === undefined) {
        cache.clear();
        inFlight.forget();
        return;
      }
      const key = know(name).name;
      cache.delete(key);
      inFlight.forget(key);
    },
  };
}

async function outcomeOf(asked: Promise<Answer>, name: string): Promise<Outcome> {
  try {
    return { answer: await asked };
  } catch (cause) {
    const error = asResolveError(cause, name);
    if (isAbsence(error)) return { error };
    throw error;
  }
}

/** Whether an expired answer may stand in: only when the source failed, not when it answered. */
function standIn(error: unknown): boolean {
  return error instanceof ResolveError && error.retryable && !isAbsence(error);
}
