import { BaseError, quoteInput } from '@xmtp-messaging/errors';
import type { ResolverSource } from './types.ts';

/**
 * Why a name was not resolved.
 *
 * - `INVALID_NAME`: not a name that ENSIP-15 or the name's own registry allows.
 * - `NAME_TOO_LONG`: more than 255 UTF-8 bytes.
 * - `INVALID_ADDRESS`: starts like an address and is none.
 * - `BAD_CHECKSUM`: mixed-case address that breaks EIP-55.
 * - `ZERO_ADDRESS`: the zero address, which nobody owns.
 * - `UNSUPPORTED_NAME`: no source answers for names of this kind.
 * - `NOT_FOUND`: the source knows no such name.
 * - `NO_ADDRESS`: the name exists and has no, or the zero, Ethereum address.
 * - `NAME_MISMATCH`: the source answered for another name.
 * - `UNSUPPORTED_BY_RESOLVER`: the installed id-cli is too old for this name.
 * - `RESOLVER_UNAVAILABLE`: the program is not installed, or the source is switched off.
 * - `UPSTREAM_ERROR`: the source failed.
 * - `UNAUTHORIZED`: the source refuses the API key.
 * - `RATE_LIMITED`: too many requests, by the source's count or by ours.
 * - `TIMEOUT`, `ABORTED`: nobody answered in time; the caller gave up.
 * - `BAD_RESPONSE`, `RESPONSE_TOO_LARGE`, `REDIRECT_REFUSED`: the answer cannot be trusted.
 * - `GATEWAY_REFUSED`: the name's resolver contract sends its readers to a server that we do not connect to.
 * - `SOURCE_DISAGREEMENT`: the source and the chain give different answers.
 * - `ADDRESS_CHANGED`: the name no longer points to the pinned address.
 * - `HOSTS_UNREADABLE`, `HOSTS_INVALID`: the hosts file cannot be used, so no name is resolved.
 * - `INVALID_OPTION`: thrown while the resolver is built.
 */
export type ResolveErrorCode =
  | 'INVALID_NAME'
  | 'NAME_TOO_LONG'
  | 'INVALID_ADDRESS'
  | 'BAD_CHECKSUM'
  | 'ZERO_ADDRESS'
  | 'UNSUPPORTED_NAME'
  | 'NOT_FOUND'
  | 'NO_ADDRESS'
  | 'NAME_MISMATCH'
  | 'UNSUPPORTED_BY_RESOLVER'
  | 'RESOLVER_UNAVAILABLE'
  | 'UPSTREAM_ERROR'
  | 'UNAUTHORIZED'
  | 'RATE_LIMITED'
  | 'TIMEOUT'
  | 'ABORTED'
  | 'BAD_RESPONSE'
  | 'RESPONSE_TOO_LARGE'
  | 'REDIRECT_REFUSED'
  | 'GATEWAY_REFUSED'
  | 'SOURCE_DISAGREEMENT'
  | 'ADDRESS_CHANGED'
  | 'HOSTS_UNREADABLE'
  | 'HOSTS_INVALID'
  | 'INVALID_OPTION';

const retryableCodes: ReadonlySet<ResolveErrorCode> = new Set([
  'NO_ADDRESS',
  'UPSTREAM_ERROR',
  'RATE_LIMITED',
  'TIMEOUT',
  'HOSTS_UNREADABLE',
]);

/** What one source said in a disagreement. */
export interface SourceAnswer {
  source: ResolverSource;
  /** EIP-55; `null` when the source says that there is no address. */
  address: `0x${string}` | null;
}

/** What a ResolveError tells. */
export interface ResolveErrorOptions {
  code: ResolveErrorCode;
  /** What was being resolved; quoted and shortened in the message. @default none: it is not about one name */
  input?: string | undefined;
  /** One sentence; with `input`, the quoted input is put in front of it. */
  reason: string;
  /** What to do next. @default [] */
  hints?: readonly string[] | undefined;
  /** @default undefined */
  source?: ResolverSource | undefined;
  /** @default by code */
  retryable?: boolean | undefined;
  /** HTTP status of the source. @default undefined */
  status?: number | undefined;
  /** Earliest useful retry, in milliseconds from now. @default undefined */
  retryAfterMs?: number | undefined;
  /** Both answers of a disagreement or a move. @default [] */
  answers?: readonly SourceAnswer[] | undefined;
  cause?: unknown;
}

/** The only error that this package throws. Its message never holds a secret or an unescaped part of the input. */
export class ResolveError extends BaseError<ResolveErrorCode> {
  override readonly name = 'ResolveError';
  /** The caller's input, or the normalised name once that is known; empty when no single name is meant. Untrusted text. */
  readonly input: string;
  readonly source: ResolverSource | undefined;
  readonly status: number | undefined;
  /** Milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly answers: readonly SourceAnswer[];

  constructor(options: ResolveErrorOptions) {
    const { code, input, reason, hints, retryable = retryableCodes.has(code), cause } = options;
    super({
      code,
      shortMessage: input === undefined ? reason : `${quoteInput(input, { ascii: true })} ${reason}`,
      metaMessages: hints,
      retryable,
      cause,
    });
    this.input = input ?? '';
    this.source = options.source;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.answers = options.answers ?? [];
  }
}
