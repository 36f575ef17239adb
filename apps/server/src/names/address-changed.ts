import { quoteInput } from '@xmtp-messaging/errors';
import { ServerError } from '../errors.ts';

/** A name that leads to another address than the one we hold it for. */
export interface MovedName {
  name: string;
  /** EIP-55: where we hold it to be. */
  address: string;
  /** EIP-55: where it leads now. */
  leadsTo: string;
  /** How we came to hold it there: the end of a sentence. */
  held: string;
  /** How to accept the new address. */
  accept: string;
}

/** Nothing follows a name by itself: it may have been sold or stolen. */
export function addressChanged({ name, address, leadsTo, held, accept }: MovedName): ServerError {
  return new ServerError({
    code: 'ADDRESS_CHANGED',
    shortMessage: `${quoteInput(name, { ascii: true })} leads to ${leadsTo} now, and not to ${address}, ${held}. Nothing was done.`,
    metaMessages: ['It may have been sold or stolen: ask its owner over another way first.', accept],
    facts: { name, address, leadsTo },
  });
}

/** How the operator moves a pin. */
export function acceptPin(list: 'allowlist' | 'denylist', name: string, leadsTo: string): string {
  const path = `/xmtp/${list}`;
  return `To accept ${leadsTo}: DELETE ${path}/${encodeURIComponent(name)}, then POST ${path} with ${JSON.stringify({ name })}. To write to one of the two in any case, give its address.`;
}
