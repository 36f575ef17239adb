import { keccak_256 } from '@noble/hashes/sha3.js';

/** Why a text is not an address that somebody owns. */
export type AddressFault = 'INVALID_ADDRESS' | 'BAD_CHECKSUM' | 'ZERO_ADDRESS';

/** An address as it was written, or what is wrong with it. */
export type CheckedAddress =
  | {
      ok: true;
      lower: `0x${string}`;
      /** It was written in mixed case, which is the EIP-55 form. */
      checksummed: boolean;
    }
  | { ok: false; fault: AddressFault };

const shape = /^0x[0-9a-fA-F]{40}$/;
const zero = `0x${'0'.repeat(40)}`;
const utf8 = new TextEncoder();
/** The same few addresses are written again and again, and each costs a hash. By their digits. */
const recent = new Map<string, `0x${string}`>();
const maxRecent = 1_000;

/** The EIP-55 form of an address in any case; the text itself if it is none. */
export function toChecksumAddress(address: string): `0x${string}` {
  if (typeof address !== 'string' || !shape.test(address)) return address as `0x${string}`;
  const digits = address.slice(2).toLowerCase();
  const known = recent.get(digits);
  if (known !== undefined) return known;
  const hash = keccak_256(utf8.encode(digits));
  // A letter is a capital where the hash's digit at the same place is 8 or more.
  const isCapital = (i: number) => (hash[i >> 1]! & (i % 2 === 0 ? 0x80 : 0x08)) !== 0;
  let result: `0x${string}` = '0x';
  for (let i = 0; i < 40; i++) result = `${result}${isCapital(i) ? digits[i]!.toUpperCase() : digits[i]!}`;
  if (recent.size === maxRecent) recent.clear();
  recent.set(digits, result);
  return result;
}

/** Accepts one case throughout, which carries no checksum, or the exact EIP-55 form; not the zero address, which nobody owns. */
export function checkAddress(text: string): CheckedAddress {
  // A list of one address would match the shape too.
  if (typeof text !== 'string' || !shape.test(text)) return { ok: false, fault: 'INVALID_ADDRESS' };
  const checksummed = /[a-f]/.test(text) && /[A-F]/.test(text);
  if (checksummed && toChecksumAddress(text) !== text) return { ok: false, fault: 'BAD_CHECKSUM' };
  if (text === zero) return { ok: false, fault: 'ZERO_ADDRESS' };
  return { ok: true, lower: text.toLowerCase() as `0x${string}`, checksummed };
}
