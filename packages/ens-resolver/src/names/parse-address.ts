import { type AddressFault, checkAddress as check, toChecksumAddress } from '@xmtp-messaging/errors/address';
import { ResolveError } from '../resolve-error.ts';

/** Checks an address without throwing. @returns The EIP-55 form, or what is wrong. */
export function checkAddress(text: string): { ok: true; address: `0x${string}` } | { ok: false; fault: AddressFault } {
  const checked = check(text);
  return checked.ok ? { ok: true, address: toChecksumAddress(checked.lower) } : checked;
}

/** What to tell people about each fault. */
export const addressFaults: Record<AddressFault, { reason: string; hints: string[] }> = {
  INVALID_ADDRESS: {
    reason: 'is not an Ethereum address.',
    hints: ['An address is 0x and 40 hexadecimal digits. Abbreviations such as 0x1234...abcd are not accepted.'],
  },
  BAD_CHECKSUM: {
    reason: 'has a wrong EIP-55 checksum.',
    hints: ['A letter is mistyped or its case was changed. Copy the address again; do not just lower-case it.'],
  },
  ZERO_ADDRESS: { reason: 'is the zero address.', hints: ['Nobody owns it. Ask the recipient for the right one.'] },
};

/**
 * The EIP-55 form of an address.
 * @throws ResolveError INVALID_ADDRESS, BAD_CHECKSUM, ZERO_ADDRESS
 */
export function parseAddress(text: string): `0x${string}` {
  const result = checkAddress(text);
  if (result.ok) return result.address;
  throw new ResolveError({ code: result.fault, input: text, ...addressFaults[result.fault] });
}
