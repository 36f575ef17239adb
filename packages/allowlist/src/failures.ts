import { quoteInput } from '@xmtp-messaging/errors';
import { fromSystemError } from '@xmtp-messaging/errors/files';
import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { checkAddress, type Refusal } from './address.ts';
import { AllowlistError } from './errors.ts';
import { checkName } from './name.ts';
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

export function nameTaken({ name, address }: AllowlistEntry): AllowlistError {
  return new AllowlistError({
    code: 'NAME_TAKEN',
    shortMessage: `The name ${quoteInput(name ?? '')} is pinned to ${address}.`,
    metaMessages: ['If the name has a new owner whom you trust, remove the entry first, then add the new address.'],
  });
}

export function inDoubt(path: string, cause: AllowlistError): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_UNREADABLE',
    shortMessage: `The list is in doubt and was left as it is. ${cause.shortMessage}`,
    metaMessages: [...cause.metaMessages, `Mend ${path}, then try again.`],
    position: cause.position,
    cause,
  });
}

export function writeFailed(path: string, cause: unknown): AllowlistError {
  const { detail, shortMessage, metaMessages } = fromSystemError(path, cause);
  return new AllowlistError({
    code: 'ALLOWLIST_WRITE_FAILED',
    shortMessage: `The list could not be written (${detail ?? 'unknown reason'}). ${shortMessage}`,
    metaMessages,
    retryable: true,
    cause,
  });
}

export function closed(): AllowlistError {
  return new AllowlistError({ code: 'ALLOWLIST_CLOSED', shortMessage: 'The list has been closed.' });
}

/** Whatever goes wrong while reading is a doubt. */
export function asDoubt(cause: unknown): AllowlistError {
  if (cause instanceof AllowlistError) return cause;
  return new AllowlistError({
    code: 'ALLOWLIST_UNREADABLE',
    shortMessage: 'The list cannot be read.',
    metaMessages: ['Nobody is heard until it can be.'],
    cause,
  });
}

function refused({ code, message }: Refusal): AllowlistError {
  return new AllowlistError({ code, shortMessage: message });
}
