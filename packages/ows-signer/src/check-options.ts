import { isAbsolute } from 'node:path';
import { checkAddress as check, toChecksumAddress } from '@xmtp-messaging/errors/address';
import { OwsSignerError } from './errors.ts';

const longestName = 256;

/** @throws OwsSignerError `OWS_WALLET_UNSET`, `OWS_WALLET_NAME_INVALID` */
export function checkWallet(wallet: string | undefined): string {
  if (wallet === undefined || wallet === '') {
    throw new OwsSignerError({ code: 'OWS_WALLET_UNSET' });
  }
  if (wallet.length > longestName || /\p{C}/u.test(wallet)) {
    throw new OwsSignerError({
      code: 'OWS_WALLET_NAME_INVALID',
      shortMessage: `The wallet's name is longer than ${longestName} characters, or has control characters.`,
    });
  }
  return wallet;
}

/** @throws OwsSignerError `OWS_HOME_INVALID` */
export function checkHome(home: string | undefined): string {
  if (home !== undefined && isAbsolute(home) && !home.includes('\0')) return home;
  throw new OwsSignerError({ code: 'OWS_HOME_INVALID' });
}

/** @throws OwsSignerError `OWS_ADDRESS_INVALID` */
export function checkAddress(address: string): `0x${string}` {
  const checked = check(address);
  if (checked.ok) return toChecksumAddress(checked.lower);
  throw new OwsSignerError({ code: 'OWS_ADDRESS_INVALID' });
}
