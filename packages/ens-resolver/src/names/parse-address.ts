import { type AddressFault, checkAddress as check, toChecksumAddress } from '@xmtp-messaging/errors/address';
import { ResolveError } from '../errors.ts';

/** Checks an address without throwing. @returns The EIP-55 form, or what is wrong. */
export function checkAddress(text: string): { ok: true; address: `0x${string}` } | { ok: false; fault: AddressFault } {
  const checked = check(text);
  return checked.ok ? { ok: true, address: toChecksumAddress(checked.lower) } : checked;
}

/**
 * The EIP-55 form of an address.
 * @throws ResolveError INVALID_ADDRESS, BAD_CHECKSUM, ZERO_ADDRESS
 */
export function parseAddress(text: string): `0x${string}` {
  const result = checkAddress(text);
  if (result.ok) return result.address;
  throw new ResolveError({ code: result.fault, input: text });
}
