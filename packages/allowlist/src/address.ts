import { keccak_256 } from '@noble/hashes/sha3.js';
import type { AllowlistErrorCode } from './errors.ts';
import { quote } from './quote.ts';

/** What is wrong with a value, in a sentence that says what would be right. */
export interface Refusal {
  ok: false;
  code: AllowlistErrorCode;
  message: string;
}

const shape = /^0x[0-9a-fA-F]{40}$/;
const zero = `0x${'0'.repeat(40)}`;
const input = new Uint8Array(40);

/** The EIP-55 form of a lower-case address. */
export function toChecksumAddress(lower: string): string {
  for (let i = 0; i < 40; i++) input[i] = lower.charCodeAt(i + 2);
  const hash = keccak_256(input);
  let result = '0x';
  for (let i = 0; i < 40; i++) {
    const nibble = i % 2 === 0 ? hash[i >> 1]! >> 4 : hash[i >> 1]! & 15;
    result += nibble > 7 ? lower[i + 2]!.toUpperCase() : lower[i + 2]!;
  }
  return result;
}

/** Accepts one case throughout, or the exact EIP-55 checksum; returns the lower-case form. */
export function checkAddress(text: string): { ok: true; lower: string; mixed: boolean } | Refusal {
  if (!shape.test(text)) {
    return {
      ok: false,
      code: 'INVALID_ADDRESS',
      message: `${quote(text)} is not an Ethereum address: 0x and 40 hexadecimal digits.`,
    };
  }
  const lower = text.toLowerCase();
  if (lower === zero) {
    return { ok: false, code: 'ZERO_ADDRESS', message: 'The zero address belongs to nobody and cannot be listed.' };
  }
  const mixed = text !== lower && text.slice(2) !== text.slice(2).toUpperCase();
  if (mixed && text !== toChecksumAddress(lower)) {
    return {
      ok: false,
      code: 'BAD_CHECKSUM',
      message: `${text} fails its EIP-55 checksum: a digit is probably wrong. Copy it again from its source.`,
    };
  }
  return { ok: true, lower, mixed };
}
