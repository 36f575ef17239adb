import { toChecksumAddress } from '@xmtp-messaging/errors/address';

/** What the allowlist says beside an address. */
export interface SenderName {
  name: string;
  /** The last look-up of this agent was `verified`, and led to this address. */
  verified: boolean;
  /** Free words of the operator, which nobody can look up. */
  isLabel: boolean;
}

/** Somebody by name and address. */
export interface Person {
  /** The listed address, else the first one of the inbox; EIP-55. */
  address: string | null;
  /** All of the inbox: the owner of each can write as this sender. */
  addresses: string[];
  /** 64 hexadecimal digits. */
  inboxId: string;
  /** As the allowlist calls that address; `null` for none. */
  name: string | null;
  /** `label`: free words of the operator. Absent without a name. */
  nameKind?: 'name' | 'label' | undefined;
  /** Whether the last look-up of the name was confirmed by the chain, and led to this address. */
  nameVerified: boolean;
}

/** What the operator knows of addresses. */
export interface PersonFacts {
  isListed: (address: string) => boolean;
  nameOf: (address: string) => SenderName | null;
}

/** Whom an inbox belongs to, in the operator's words; a name that a stranger claims is not among them. */
export function describePerson(
  { inboxId, addresses }: { inboxId: string; addresses: readonly string[] },
  { isListed, nameOf }: PersonFacts,
): { person: Person; address: string | null; name: SenderName | null } {
  const listed = addresses.filter(isListed);
  const address = listed.find((each) => nameOf(each) !== null) ?? listed[0] ?? addresses[0] ?? null;
  const name = address === null ? null : nameOf(address);
  const person: Person = {
    address: address === null ? null : toChecksumAddress(address),
    addresses: addresses.map((each) => toChecksumAddress(each)),
    inboxId,
    name: name?.name ?? null,
    ...(name !== null && { nameKind: name.isLabel ? ('label' as const) : ('name' as const) }),
    nameVerified: name?.verified ?? false,
  };
  return { person, address, name };
}
