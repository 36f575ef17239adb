import { quoteInput } from '@xmtp-messaging/errors';
import { type AddressFault, checkAddress as check } from '@xmtp-messaging/errors/address';
import type { AllowlistErrorCode } from './errors.ts';

/** What is wrong with a value, in a sentence that says what would be right. */
export interface Refusal {
  ok: false;
  code: AllowlistErrorCode;
  message: string;
}

const faults: Record<AddressFault, (text: string) => string> = {
  INVALID_ADDRESS: (text) => `${quoteInput(text)} is not an Ethereum address: 0x and 40 hexadecimal digits.`,
  BAD_CHECKSUM: (text) =>
    `${text} fails its EIP-55 checksum: a digit is probably wrong. Copy it again from its source.`,
  ZERO_ADDRESS: () => 'The zero address belongs to nobody and cannot be listed.',
};

/** Accepts one case throughout, or the exact EIP-55 checksum; returns the lower-case form. */
export function checkAddress(text: string): { ok: true; lower: `0x${string}`; checksummed: boolean } | Refusal {
  const checked = check(text);
  return checked.ok ? checked : { ok: false, code: checked.fault, message: faults[checked.fault](text) };
}
