import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { AllowlistError } from '@xmtp-messaging/allowlist';
import { nameKey } from '@xmtp-messaging/errors/name';
import type { Resolution } from '@xmtp-messaging/ens-resolver';
import { quoteInput } from '@xmtp-messaging/errors';
import type { Mailbox } from '@xmtp-messaging/xmtp-core';
import type { AgentHome } from '../types.ts';
import { addressChanged } from './address-changed.ts';
import type { AgentResolver } from './create-resolver.ts';

/** Whom a message goes to. */
export interface Recipient {
  /** ENSIP-15; `null` when the caller gave an address. */
  name: string | null;
  /** EIP-55. */
  address: `0x${string}`;
  /** Who answered for the name. */
  source: Resolution['source'];
  /** The caller gave the address, or the chain confirmed it. */
  verified: boolean;
  /** The address that this name meant when it was last written to, and since when, if that was another one. */
  changedSince: { address: string; since: string } | null;
}

/** What finding a recipient needs. */
export interface FindRecipientOptions {
  /** ENS name or address. */
  to: string;
  /** Refuse a name that has moved since it was last written to. */
  strict: boolean;
  /** Idempotency key that the caller may have used before. */
  key: string | undefined;
  home: Pick<AgentHome, 'allowlist' | 'drift' | 'hints'>;
  names: Mailbox['names'];
  resolver: Pick<AgentResolver, 'resolve'>;
  signal: AbortSignal;
}

/**
 * The one way from a name to the address that a message is sent to. A name on the allowlist is its listed address or
 * nobody; one that was written to before and moved is told; asking again under a key means who was meant the first time.
 * @throws AgentError ADDRESS_CHANGED
 * @throws AllowlistError ALLOWLIST_UNREADABLE: whether the name is pinned is not known.
 * @throws ResolveError
 */
export async function findRecipient(options: FindRecipientOptions): Promise<Recipient> {
  const { to, strict, key, home, names, resolver, signal } = options;
  const asked = nameKey(to);
  const meant = key === undefined ? null : names.keyed(key);
  if (meant !== null && meant.name === asked) return JSON.parse(meant.meaning) as Recipient;

  let found = await resolver.resolve(to, { signal });
  if (found.name === null) return toRecipient(found);

  const pin = pinOf(home, asked);
  const before = names.last(asked);
  const held = pin?.address ?? before?.address;
  const moved = () => held !== undefined && held.toLowerCase() !== found.identifier;
  // What a cache says is no ground for an accusation.
  if (moved() && found.cached) found = await resolver.resolve(to, { signal, fresh: true });
  const { name, address } = found;
  const recipient = toRecipient(found);
  if (name === null) return recipient;

  if (pin !== null) {
    home.drift.observe(pin, address);
    if (!moved()) return recipient;
    const accept = home.hints.acceptPin('allowlist', name, address);
    throw addressChanged({ name, address: pin.address, leadsTo: address, held: 'as the allowlist pins it', accept });
  }
  const isDoubtful = home.allowlist.status().state !== 'ready';
  if (isDoubtful && before === null) throw pinUnknown(name, home.hints.mendAllowlist);
  if (before === null || !moved()) return recipient;
  const changedSince = { address: toChecksumAddress(before.address), since: new Date(before.since).toISOString() };
  if (strict || isDoubtful) {
    const accept = isDoubtful
      ? 'Mend the allowlist, which is in doubt, or send to an address.'
      : 'To accept the new address, send without "strict".';
    const held = 'to which it led when it was last written to';
    throw addressChanged({ name, address: changedSince.address, leadsTo: address, held, accept });
  }
  return { ...recipient, changedSince };
}

function toRecipient({ name, address, source, verified }: Resolution): Recipient {
  return { name, address, source, verified, changedSince: null };
}

/** The allowlist's entry under this very name. */
function pinOf({ allowlist }: FindRecipientOptions['home'], asked: string) {
  const entry = allowlist.find(asked);
  return entry !== null && entry.name !== null && nameKey(entry.name) === asked ? { ...entry, name: entry.name } : null;
}

function pinUnknown(name: string, mend: string): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_UNREADABLE',
    shortMessage: `The allowlist is in doubt, so it is not known to which address ${quoteInput(name, { ascii: true })} is pinned. Nothing was sent.`,
    metaMessages: [mend],
  });
}
