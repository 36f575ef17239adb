import type { LookupOptions, Resolve } from './create-resolve.ts';
import { isAbsence } from './lookup-error.ts';
import { parseAddress } from './names/parse-address.ts';
import { ResolveError } from './resolve-error.ts';
import type { Resolution } from './types.ts';

/** A name and the address that it had when we first trusted it. */
export interface PinnedName {
  name: string;
  address: string;
}

/** Where a pinned name points now. */
export interface DriftReport {
  readonly name: string;
  /** EIP-55. */
  readonly pinned: `0x${string}`;
  /** EIP-55; `null` when the name has no address any more. */
  readonly current: `0x${string}` | null;
  /** `same`; `moved` to another address; `gone`: not registered, or without an address. */
  readonly state: 'same' | 'moved' | 'gone';
  /** `null` when gone. */
  readonly resolution: Resolution | null;
}

/**
 * Tells whether a pinned name has moved, from a fresh lookup.
 * @throws ResolveError when the source fails: then nothing is known, and nothing has moved.
 */
export async function checkDrift(
  resolve: Resolve['resolve'],
  { name, address }: PinnedName,
  options: Omit<LookupOptions, 'fresh'> = {},
): Promise<DriftReport> {
  const pinned = parseAddress(address);
  const resolution = await resolve(name, { ...options, fresh: true }).catch((error: unknown) => {
    if (isAbsence(error)) return null;
    throw error;
  });
  const current = resolution?.address ?? null;
  const state = current === null ? 'gone' : current === pinned ? 'same' : 'moved';
  return Object.freeze({ name: resolution?.name ?? name, pinned, current, state, resolution });
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
