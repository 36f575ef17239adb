import type { ResolveErrorCode } from '../errors.ts';

/** What the program's exit codes mean. With several names, the first failure decides. */
export const exitCodes = {
  /** Every name has an address. */
  ok: 0,
  /** A source failed, refused, or gave an answer that cannot be trusted. */
  source: 1,
  /** The command line, the settings, or a name or address is wrong. */
  input: 2,
  /** The name is not registered. */
  notFound: 3,
  /** The name is registered and has no Ethereum address. */
  noAddress: 4,
  /** The source and the chain give different answers. */
  disagreement: 5,
  /** The name leads to another address than the pinned one. */
  moved: 6,
} as const;

const byCode: Partial<Record<ResolveErrorCode, number>> = {
  INVALID_NAME: exitCodes.input,
  NAME_TOO_LONG: exitCodes.input,
  INVALID_ADDRESS: exitCodes.input,
  BAD_CHECKSUM: exitCodes.input,
  ZERO_ADDRESS: exitCodes.input,
  UNSUPPORTED_NAME: exitCodes.input,
  INVALID_OPTION: exitCodes.input,
  HOSTS_UNREADABLE: exitCodes.input,
  HOSTS_INVALID: exitCodes.input,
  NOT_FOUND: exitCodes.notFound,
  NO_ADDRESS: exitCodes.noAddress,
  SOURCE_DISAGREEMENT: exitCodes.disagreement,
  ADDRESS_CHANGED: exitCodes.moved,
};

/** The exit code for a failed name. */
export function exitCodeOf(code: ResolveErrorCode): number {
  return byCode[code] ?? exitCodes.source;
}
