import * as Hash from 'ox/Hash';
import * as Hex from 'ox/Hex';
import { invalidOption } from '../errors.ts';
import { createAccount, type DevnetAccount } from './create-account.ts';
import { deriveAccount } from './derive-accounts.ts';

/** The echo bot's, the first of Anvil's accounts that a network never lists. */
export const echoName = 'echo';
const echoIndex = 100;

const wellFormed = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/**
 * The account of a name, the same on every machine: the nth ready one for a number from 0 to 99, the echo bot's for
 * `echo`, for any other its own. Capitals do not matter. Whoever knows the name has the key.
 * @throws DevnetError INVALID_OPTION
 */
export function nameAccount(name: string): DevnetAccount {
  const known = name.normalize('NFC').toLowerCase();
  if (!wellFormed.test(known)) {
    throw invalidOption({ what: 'name', reason: 'It has 1 to 64 letters, digits, dots, hyphens and underscores.' });
  }
  if (known === echoName) return deriveAccount(echoIndex);
  if (/^\d{1,2}$/.test(known)) return deriveAccount(Number(known));
  return createAccount(Hash.keccak256(Hex.fromString(`xmtp-devnet account ${known}`)));
}
