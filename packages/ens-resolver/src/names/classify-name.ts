import { ResolveError } from '../errors.ts';
import { normalizeName } from './normalize-name.ts';
import { parseAddress } from './parse-address.ts';

/** Which way a name goes: `raw` needs no lookup, `xid` asks id-cli, the others ask their web3.bio platform. */
export type NameKind = 'raw' | 'xid' | 'ens' | 'basename' | 'linea';

/** A checked input. */
export interface ClassifiedName {
  /** Which sources can answer for it. */
  kind: NameKind;
  /** ENSIP-15 form, or the EIP-55 address for `raw`. */
  name: string;
  /** Whether normalisation changed more than ASCII case. */
  normalized: boolean;
}

/** Labels that id-cli's registry can hold; none starts with "-", so none can pass for an option. */
const xidName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}xid\.eth$/;
const punycodeLike = /(?:^|\.)..--/;

/** What can only be meant as an address: no dot, or the "0x1234...abcd" of a shortened one. */
const addressLike = /^(?:0x[^.]*|[0-9a-f]{40}|0x[0-9a-f]*(?:\.{2,}|\u2026).*)$/i;

/** Whether the input is to be read as an address, well-formed or not. */
export function looksLikeAddress(input: string): boolean {
  return addressLike.test(input);
}

/**
 * Checks and normalises what a caller wants resolved, and tells which source is responsible.
 * Routing looks at the normalised name only.
 * @throws ResolveError INVALID_NAME, NAME_TOO_LONG, INVALID_ADDRESS, BAD_CHECKSUM, ZERO_ADDRESS, UNSUPPORTED_NAME
 */
export function classifyName(input: string): ClassifiedName {
  if (looksLikeAddress(input)) return { kind: 'raw', name: parseAddress(input), normalized: false };
  const { name, changed } = normalizeName(input);
  return { kind: kindOfName(name, input), name, normalized: changed };
}

/**
 * The source responsible for a normalised name.
 * @throws ResolveError INVALID_NAME, UNSUPPORTED_NAME
 */
export function kindOfName(name: string, input: string): Exclude<NameKind, 'raw'> {
  if (name.endsWith('.xid.eth')) {
    if (xidName.test(name) && !punycodeLike.test(name)) return 'xid';
    throw new ResolveError({
      code: 'INVALID_NAME',
      input,
      reason: 'is not a valid xid.eth name.',
      hints: ['Its labels hold a-z, 0-9 and inner hyphens, at most 63 characters each and at most 6 before xid.eth.'],
    });
  }
  if (name.endsWith('.base.eth')) return 'basename';
  if (name.endsWith('.linea.eth')) return 'linea';
  if (name.endsWith('.eth') && !name.endsWith('.farcaster.eth')) return 'ens';
  throw new ResolveError({
    code: 'UNSUPPORTED_NAME',
    input,
  });
}
