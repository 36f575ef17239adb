import { nameAccount } from '../accounts/name-account.ts';
import { invalidOption } from '../errors.ts';

/** Somebody to write to. */
export interface Peer {
  /** As it was given. */
  readonly name: string;
  /** In lower case. */
  readonly address: string;
}

/** An address, or the account of a name. @throws DevnetError INVALID_OPTION */
export function toPeer(to: string): Peer {
  if (/^0x[0-9a-f]{40}$/i.test(to)) return { name: to, address: to.toLowerCase() };
  if (/^0x/i.test(to)) throw invalidOption({ what: 'address', reason: 'It is 0x and 40 hexadecimal digits.' });
  return { name: to, address: nameAccount(to).address };
}
