import { ResolveError } from './errors.ts';
import type { SourceResult } from './types.ts';

/** What a source said about a name: an address, or NOT_FOUND or NO_ADDRESS. */
export type Saying = SourceResult | ResolveError;

/**
 * Accepts what the first source said when the chain says the same.
 * @throws ResolveError NOT_FOUND or NO_ADDRESS when both know no address; SOURCE_DISAGREEMENT with both answers otherwise.
 */
export function confirmAnswer(name: string, first: Saying, chain: Saying): SourceResult {
  const [told, seen] = [addressOf(first), addressOf(chain)];
  if (first instanceof ResolveError && seen === null) throw first;
  if (!(first instanceof ResolveError) && told === seen) return first;
  const source = first.source ?? 'web3.bio';
  throw new ResolveError({
    code: 'SOURCE_DISAGREEMENT',
    input: name,
    source,
    reason: `has two answers: ${source} says ${told ?? 'no address'}, the chain says ${seen ?? 'no address'}.`,
    answers: [
      { source, address: told },
      { source: 'onchain', address: seen },
    ],
  });
}

function addressOf(saying: Saying): `0x${string}` | null {
  return saying instanceof ResolveError ? null : saying.address;
}
