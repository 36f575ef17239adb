import type { ServerResolver } from '../create-resolver.ts';
import { ServerError } from '../errors.ts';

/** What a caller gave: an address, a name, or both. */
export interface EntryRequest {
  address?: string | undefined;
  name?: string | undefined;
}

/**
 * Turns what a caller gave into an entry, by the same resolver that finds the recipients of messages. A name that
 * comes with an address must lead to it: a label that is wrong from the start would be trusted for ever.
 * @throws ResolveError
 * @throws ServerError NAME_ADDRESS_MISMATCH
 */
export async function resolveEntry(
  { address, name }: EntryRequest,
  resolver: Pick<ServerResolver, 'resolve'>,
  signal: AbortSignal,
): Promise<{ address: string; name: string | null }> {
  if (name === undefined) {
    const found = await resolver.resolve(address ?? '', { signal });
    return { address: found.address, name: found.name };
  }
  const found = await resolver.resolve(name, { signal });
  const given = address === undefined ? found : await resolver.resolve(address, { signal });
  if (given.identifier !== found.identifier) {
    throw new ServerError({
      code: 'NAME_ADDRESS_MISMATCH',
      shortMessage: 'The name leads to another address than the one given.',
      metaMessages: ['Leave one of the two out, or correct it.'],
      facts: { resolved: found.address },
    });
  }
  return { address: found.address, name: found.name };
}
