import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { checkAddress, type Refusal } from './check-address.ts';
import { AllowlistError } from './errors.ts';
import { checkName } from './check-name.ts';
import type { AllowlistEntry } from './types.ts';

/** An entry as `add` may write it. @throws AllowlistError INVALID_ADDRESS, BAD_CHECKSUM, ZERO_ADDRESS, INVALID_NAME. */
export function checkEntry(address: string, name: string | null): AllowlistEntry {
  const checked = checkAddress(address);
  if (!checked.ok) throw refused(checked);
  return { address: toChecksumAddress(checked.lower), name: name === null ? null : checkedName(name) };
}

/** A name as `add` and `rename` may write it. @throws AllowlistError INVALID_NAME. */
export function checkedName(text: string): string {
  const checked = checkName(text);
  if (!checked.ok) throw refused(checked);
  return checked.name;
}

function refused({ code, message }: Refusal): AllowlistError {
  return new AllowlistError({ code, shortMessage: message });
}
