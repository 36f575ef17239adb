import { type Allowlist, AllowlistError } from '@xmtp-messaging/allowlist';
import { ResolveError, type Resolution } from '@xmtp-messaging/ens-resolver';
import { quoteInput } from '@xmtp-messaging/errors';
import { looksLikeName, nameKey } from '@xmtp-messaging/errors/name';
import type { AgentHints } from '../agent-hints.ts';
import { AgentError } from '../errors.ts';
import { addressChanged } from './address-changed.ts';
import type { AgentResolver } from './create-resolver.ts';

/** What a caller gave: an address, a name, or both. */
export interface EntryRequest {
  /** In any case; a name in its place is taken for one. */
  address?: string | undefined;
  /** An ENS name; beside an address also free words. */
  name?: string | undefined;
  /** Free words beside an address. */
  label?: string | undefined;
}

/** What it is resolved with. */
export interface ResolveEntryOptions {
  /** What the caller gave. */
  request: EntryRequest;
  /** Named in an error about the entry. */
  list: 'allowlist' | 'denylist';
  /** The list itself. */
  entries: Pick<Allowlist, 'find'>;
  /** Looks names up. */
  resolver: Pick<AgentResolver, 'resolve'>;
  /** Says in an error what to do. */
  hints: Pick<AgentHints, 'acceptPin'>;
  /** Stops the look-up. */
  signal: AbortSignal;
}

/**
 * Turns what a caller gave into an entry, by the same resolver that finds the recipients of messages. A name that
 * comes with an address must lead to it: a name that is wrong from the start would be trusted for ever. A listed name
 * that has moved is not followed here either.
 * @throws ResolveError
 * @throws AgentError NAME_ADDRESS_MISMATCH, ADDRESS_CHANGED
 * @throws AllowlistError INVALID_NAME: a label that looks like a name.
 */
export async function resolveEntry(options: ResolveEntryOptions): Promise<{ address: string; name: string | null }> {
  const { request, resolver, signal } = options;
  const { address, name, label } = request;
  if (label !== undefined && looksLikeName(label)) throw notALabel(label);
  const named = name ?? (address !== undefined && looksLikeName(address) ? address : undefined);
  const isLabel = address !== undefined && named !== undefined && !looksLikeName(named);
  if (named === undefined || isLabel) {
    const given = await resolver.resolve(address ?? '', { signal });
    return { address: given.address, name: label ?? (isLabel ? named : given.name) };
  }
  const found = await findNamed(named, options).catch((error: unknown) => {
    // Nobody can answer for it, now or ever, so beside an address it is words.
    if (address !== undefined && error instanceof ResolveError && error.code === 'UNSUPPORTED_NAME') return null;
    throw error;
  });
  const given = address === undefined || address === named ? found : await resolver.resolve(address, { signal });
  if (found === null) return { address: given!.address, name: named };
  if (given!.identifier !== found.identifier) {
    throw new AgentError({
      code: 'NAME_ADDRESS_MISMATCH',
      facts: { resolved: found.address },
    });
  }
  return { address: found.address, name: label ?? found.name };
}

async function findNamed(name: string, options: ResolveEntryOptions): Promise<Resolution> {
  const { list, entries, resolver, hints, signal } = options;
  const listed = entries.find(name);
  const pin = listed !== null && listed.name !== null && nameKey(listed.name) === nameKey(name) ? listed : null;
  const moved = (resolution: Resolution) => pin !== null && pin.address.toLowerCase() !== resolution.identifier;
  let found = await resolver.resolve(name, { signal });
  if (moved(found) && found.cached) found = await resolver.resolve(name, { signal, fresh: true });
  if (pin === null || !moved(found)) return found;
  const shown = found.name ?? name;
  throw addressChanged({
    name: shown,
    address: pin.address,
    leadsTo: found.address,
    held: `as the ${list} pins it`,
    accept: hints.acceptPin(list, shown, found.address),
  });
}

function notALabel(label: string): AllowlistError {
  return new AllowlistError({
    code: 'INVALID_NAME',
    shortMessage: `The label ${quoteInput(label, { ascii: true })} looks like a name.`,
    metaMessages: [
      'Give it as "name": it is then looked up, and must lead to the address. A label has no dots, or has spaces.',
    ],
  });
}
