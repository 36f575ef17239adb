import type { Answer, CacheEntry } from './cache/create-answer-cache.ts';
import { parseAddress } from './names/parse-address.ts';
import type { Resolution } from './types.ts';

/** An input together with its ENSIP-15 form. */
export interface KnownInput {
  input: string;
  name: string;
  /** Whether more than ASCII case differs. */
  changed: boolean;
}

/** @param from Where the answer was found. */
export function showAnswer(answer: Answer, known: KnownInput, from: 'source' | 'cache' | 'stale'): Resolution {
  const { address, source, node, verified, resolvedAt } = answer;
  return Object.freeze<Resolution>({
    input: known.input,
    name: known.name,
    address,
    identifier: address.toLowerCase() as `0x${string}`,
    source,
    verified,
    normalized: known.changed,
    resolvedAt,
    cached: from !== 'source',
    stale: from === 'stale',
    ...(node === undefined ? {} : { node }),
  });
}

/** The resolution of a cached answer; built once for as long as the input stays the same. */
export function showEntry(entry: CacheEntry, answer: Answer, known: KnownInput): Resolution {
  if (entry.shown?.input === known.input) return entry.shown;
  entry.shown = showAnswer(answer, known, 'cache');
  return entry.shown;
}

/** @throws ResolveError INVALID_ADDRESS, BAD_CHECKSUM, ZERO_ADDRESS */
export function showAddress(input: string, now: number): Resolution {
  const address = parseAddress(input);
  return Object.freeze<Resolution>({
    input,
    name: null,
    address,
    identifier: address.toLowerCase() as `0x${string}`,
    source: 'raw',
    verified: true,
    normalized: false,
    resolvedAt: now,
    cached: false,
    stale: false,
  });
}
