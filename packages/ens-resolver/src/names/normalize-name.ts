import { ens_normalize as normalize } from '@adraffy/ens-normalize';
import { ResolveError } from '../resolve-error.ts';

/** DNS and the ENS wire form both end here; normalising a megabyte takes a second, so this is checked first. */
const maxBytes = 255;

/**
 * The ENSIP-15 form of a name.
 * @returns `changed` tells whether more than ASCII case differs from the input.
 * @throws ResolveError NAME_TOO_LONG, INVALID_NAME
 */
export function normalizeName(input: string): { name: string; changed: boolean } {
  if (Buffer.byteLength(input) > maxBytes) {
    throw new ResolveError({ code: 'NAME_TOO_LONG', input, reason: `is longer than ${maxBytes} bytes.` });
  }
  const name = normalized(input);
  if (name === '') throw invalid(input);
  if (Buffer.byteLength(name) > maxBytes) {
    throw new ResolveError({
      code: 'NAME_TOO_LONG',
      input,
      reason: `is longer than ${maxBytes} bytes once normalised.`,
    });
  }
  return { name, changed: name !== asciiLower(input) };
}

function normalized(input: string): string {
  try {
    return normalize(input);
  } catch {
    throw invalid(input);
  }
}

function asciiLower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function invalid(input: string): ResolveError {
  return new ResolveError({
    code: 'INVALID_NAME',
    input,
    reason: 'is not a valid ENS name.',
    hints: [
      'Names have non-empty labels between dots, without spaces, and follow ENSIP-15. Check it for typing errors.',
    ],
  });
}
