import type { LookupOptions, Resolve } from './create-resolve.ts';
import { parseAddress } from './names/parse-address.ts';
import { ResolveError } from './errors.ts';
import type { Resolution } from './types.ts';

/** A name and the address that it had when we first trusted it. */
interface PinnedName {
  name: string;
  address: string;
}

/**
 * Resolves a name that must still have its pinned address; a cached address that differs is looked up again first.
 * @throws ResolveError ADDRESS_CHANGED
 */
export async function resolvePinned(
  resolve: Resolve['resolve'],
  { name, address }: PinnedName,
  options: LookupOptions,
): Promise<Resolution> {
  const pinned = parseAddress(address);
  let resolution = await resolve(name, options);
  if (resolution.address !== pinned && resolution.cached) resolution = await resolve(name, { ...options, fresh: true });
  if (resolution.address === pinned) return resolution;
  throw new ResolveError({
    code: 'ADDRESS_CHANGED',
    input: name,
    source: resolution.source,
    reason: `points to ${resolution.address} and no longer to ${pinned}.`,
    hints: [
      'It may have been sold or stolen. Ask its owner over another way before you trust the new address.',
      'To accept it, pin the new address.',
    ],
    answers: [{ source: resolution.source, address: resolution.address }],
  });
}
