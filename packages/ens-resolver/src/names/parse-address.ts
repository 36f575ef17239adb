import * as Address from 'ox/Address';
import { ResolveError } from '../resolve-error.ts';

const shape = /^0x[0-9a-fA-F]{40}$/;
const zero = /^0x0{40}$/;

/** Why a text is not an address that we would send to. */
export type AddressFault = 'INVALID_ADDRESS' | 'BAD_CHECKSUM' | 'ZERO_ADDRESS';

/**
 * Checks an address without throwing. EIP-55 lets all-lower and all-upper hex carry no checksum; mixed case must match it.
 * @returns The EIP-55 form, or what is wrong.
 */
export function checkAddress(text: string): { ok: true; address: `0x${string}` } | { ok: false; fault: AddressFault } {
  if (!shape.test(text)) return { ok: false, fault: 'INVALID_ADDRESS' };
  if (zero.test(text)) return { ok: false, fault: 'ZERO_ADDRESS' };
  const hex = text.slice(2);
  const lower = hex.toLowerCase();
  const address = Address.checksum(`0x${lower}`);
  if (hex !== lower && hex !== hex.toUpperCase() && address !== text) return { ok: false, fault: 'BAD_CHECKSUM' };
  return { ok: true, address };
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
