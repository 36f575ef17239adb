import { keccakP } from '@noble/hashes/sha3.js';

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

const zero = `0x${'0'.repeat(40)}`;
const state = new Uint32Array(50);
const bytes = new Uint8Array(state.buffer);
type Case = 'one' | 'mixed';

/** Puts the 40 digits, in lower case, at the start of an empty Keccak state; `null` if `text` is not an address. */
function absorb(text: string): Case | null {
  if (text.length !== 42 || !text.startsWith('0x')) return null;
  state.fill(0);
  let capitals = false;
  let smalls = false;
  for (let i = 0; i < 40; i++) {
    let code = text.charCodeAt(i + 2);
    if (code < 0x30 || code > 0x39) {
      if (code >= 0x41 && code <= 0x46) {
        capitals = true;
        code += 0x20;
      } else if (code >= 0x61 && code <= 0x66) smalls = true;
      else return null;
    }
    bytes[i] = code;
  }
  return capitals && smalls ? 'mixed' : 'one';
}

/** Keccak-256 of the digits. They fill less than one block: the bare permutation does, at half the cost of its wrapper. */
function hash(): void {
  bytes[40] = 0x01;
  bytes[135] = 0x80;
  keccakP(state);
}

/** EIP-55: a letter is a capital where the hash's digit at the same place is 8 or more. */
const isCapital = (i: number): boolean => (bytes[i >> 1]! & (i % 2 === 0 ? 0x80 : 0x08)) !== 0;

/** The EIP-55 form of an address in any case; the text itself if it is none. */
export function toChecksumAddress(address: string): `0x${string}` {
  if (absorb(address) === null) return address as `0x${string}`;
  const lower = address.toLowerCase();
  hash();
  let result: `0x${string}` = '0x';
  for (let i = 0; i < 40; i++) result = `${result}${isCapital(i) ? lower[i + 2]!.toUpperCase() : lower[i + 2]!}`;
  return result;
}

function isChecksummed(text: string): boolean {
  hash();
  for (let i = 0; i < 40; i++) {
    const code = text.charCodeAt(i + 2);
    if (code > 0x39 && isCapital(i) !== code < 0x60) return false;
  }
  return true;
}

/** Accepts one case throughout, which carries no checksum, or the exact EIP-55 form; not the zero address, which nobody owns. */
export function checkAddress(text: string): CheckedAddress {
  const letters = absorb(text);
  if (letters === null) return { ok: false, fault: 'INVALID_ADDRESS' };
  if (letters === 'mixed' && !isChecksummed(text)) return { ok: false, fault: 'BAD_CHECKSUM' };
  if (text === zero) return { ok: false, fault: 'ZERO_ADDRESS' };
  return { ok: true, lower: text.toLowerCase() as `0x${string}`, checksummed: letters === 'mixed' };
}
