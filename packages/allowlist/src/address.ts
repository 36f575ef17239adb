import { quoteInput } from '@xmtp-messaging/errors';
import { keccakP } from '@noble/hashes/sha3.js';
import type { AllowlistErrorCode } from './errors.ts';

/** What is wrong with a value, in a sentence that says what would be right. */
export interface Refusal {
  ok: false;
  code: AllowlistErrorCode;
  message: string;
}

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

/** The EIP-55 form of an address in lower case. */
export function toChecksumAddress(lower: string): string {
  absorb(lower);
  hash();
  let result = '0x';
  for (let i = 0; i < 40; i++) result += isCapital(i) ? lower[i + 2]!.toUpperCase() : lower[i + 2]!;
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

/** Accepts one case throughout, or the exact EIP-55 checksum; returns the lower-case form. */
export function checkAddress(text: string): { ok: true; lower: string; checksummed: boolean } | Refusal {
  const letters = absorb(text);
  if (letters === null) {
    return {
      ok: false,
      code: 'INVALID_ADDRESS',
      message: `${quoteInput(text)} is not an Ethereum address: 0x and 40 hexadecimal digits.`,
    };
  }
  if (letters === 'mixed' && !isChecksummed(text)) {
    return {
      ok: false,
      code: 'BAD_CHECKSUM',
      message: `${text} fails its EIP-55 checksum: a digit is probably wrong. Copy it again from its source.`,
    };
  }
  if (text === zero) {
    return { ok: false, code: 'ZERO_ADDRESS', message: 'The zero address belongs to nobody and cannot be listed.' };
  }
  return { ok: true, lower: text.toLowerCase(), checksummed: letters === 'mixed' };
}
