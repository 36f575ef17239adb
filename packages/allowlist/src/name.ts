import { hasUnseen, quoteInput } from '@xmtp-messaging/errors';
import type { Refusal } from './address.ts';

const maxBytes = 255;

const ordinary = /^(?!0x)[a-z0-9.-]{1,255}$/i;

/** A name is a label for people: anything that can be seen and is not an address. `null` if it may stand. */
export function refuseName(name: string): Refusal | null {
  if (ordinary.test(name)) return null;
  const refuse = (why: string): Refusal => ({
    ok: false,
    code: 'INVALID_NAME',
    message: `The name ${quoteInput(name)} ${why}.`,
  });
  if (name.trim() !== name || name === '') return refuse('is empty or has spaces around it');
  if (Buffer.byteLength(name) > maxBytes) return refuse(`is longer than ${maxBytes} bytes`);
  if (hasUnseen(name)) return refuse('has characters that cannot be seen');
  if (/^0x[0-9a-f]{40}$/i.test(name)) return refuse('is an address; put it under "address"');
  return null;
}

/** The form under which two names are the same name: ENS names differ by more than case. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}
