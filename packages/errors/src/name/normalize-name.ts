import { ens_normalize as normalize } from '@adraffy/ens-normalize';

/** DNS and the ENS wire form both end here; normalising a megabyte takes a second, so this is checked first. */
export const maxNameBytes = 255;

/** A name in its one form, or why it has none. */
export type NormalizedName =
  | {
      ok: true;
      /** ENSIP-15 form. */
      name: string;
      /** Whether more than ASCII case differs from the input. */
      changed: boolean;
    }
  | { ok: false; fault: 'INVALID_NAME' | 'NAME_TOO_LONG' };

// What ENSIP-15 leaves as it is; most names are of this kind.
const plain = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;

/** The ENSIP-15 form of a name: the one spelling under which it is kept, looked up and shown. */
export function normalizeName(input: string): NormalizedName {
  if (typeof input !== 'string') return { ok: false, fault: 'INVALID_NAME' };
  if (isTooLong(input)) return { ok: false, fault: 'NAME_TOO_LONG' };
  const lower = input.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (plain.test(lower)) return { ok: true, name: lower, changed: false };
  const name = normalizedOrNull(input);
  if (name === null || name === '') return { ok: false, fault: 'INVALID_NAME' };
  return isTooLong(name) ? { ok: false, fault: 'NAME_TOO_LONG' } : { ok: true, name, changed: name !== lower };
}

function normalizedOrNull(input: string): string | null {
  try {
    return normalize(input);
  } catch {
    return null;
  }
}

export function isTooLong(text: string): boolean {
  return (
    text.length > maxNameBytes ||
    (text.length > maxNameBytes / 3 && new TextEncoder().encode(text).length > maxNameBytes)
  );
}
