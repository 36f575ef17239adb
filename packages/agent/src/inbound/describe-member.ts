import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import { describePerson, type Person, type PersonFacts } from './describe-person.ts';

/** Somebody in a group. Its name is the operator's, never one that its owner chose. */
export interface ShownMember extends Omit<Person, 'addresses'> {
  /** On the allowlist, and not denied. */
  listed: boolean;
  /** This agent. */
  self: boolean;
}

/** Who reads along in a group, at the time of reading. */
export interface ShownAudience {
  /** This agent among them. */
  total: number;
  /** How many of the others are not listed. They read what is answered there. */
  unlisted: number;
  /** At most 50 of them, listed ones first. */
  members: ShownMember[];
}

/** What is known of whom. */
export interface MemberFacts extends PersonFacts {
  /** EIP-55, of this agent. */
  address: string;
  /** One denied address denies the whole inbox. */
  isDenied: (address: string) => boolean;
}

const maxMembers = 50;

type Inbox = Parameters<typeof describePerson>[0];

/** Whether an inbox is one that the operator listed. */
export function isListedInbox(
  addresses: readonly string[],
  facts: Pick<MemberFacts, 'isListed' | 'isDenied'>,
): boolean {
  return addresses.some(facts.isListed) && !addresses.some(facts.isDenied);
}

export function describeMember(inbox: Inbox, facts: MemberFacts): ShownMember {
  const { addresses: _, ...person } = describePerson(inbox, facts).person;
  return {
    ...person,
    listed: isListedInbox(inbox.addresses, facts),
    self: inbox.addresses.includes(facts.address.toLowerCase()),
  };
}

/** `null` in a direct message, and where it is not known. */
export function describeAudience(
  { members }: Pick<InboundMessage, 'members'>,
  facts: MemberFacts,
): ShownAudience | null {
  if (members === null) return null;
  const own = facts.address.toLowerCase();
  const isStranger = ({ addresses }: Inbox) => !addresses.includes(own) && !isListedInbox(addresses, facts);
  const strangers = members.filter(isStranger);
  const known = members.filter((member) => !isStranger(member));
  return {
    total: members.length,
    unlisted: strangers.length,
    members: [...known, ...strangers].slice(0, maxMembers).map((member) => describeMember(member, facts)),
  };
}
