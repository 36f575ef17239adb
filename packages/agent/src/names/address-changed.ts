import { quoteInput } from '@xmtp-messaging/errors';
import { AgentError } from '../errors.ts';

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
export function addressChanged({ name, address, leadsTo, held, accept }: MovedName): AgentError {
  return new AgentError({
    code: 'ADDRESS_CHANGED',
    shortMessage: `${quoteInput(name, { ascii: true })} leads to ${leadsTo} now, and not to ${address}, ${held}. Nothing was done.`,
    metaMessages: ['It may have been sold or stolen: ask its owner over another way first.', accept],
    facts: { name, address, leadsTo },
  });
}
