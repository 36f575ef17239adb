import { BaseError, type ErrorTexts, fillIn, quoteInput } from '@xmtp-messaging/errors';
import type { ResolverSource } from './types.ts';

/** Why a name was not resolved. */
export type ResolveErrorCode =
  /** Not a name that ENSIP-15 or the name's own registry allows. */
  | 'INVALID_NAME'
  /** More than 255 UTF-8 bytes. */
  | 'NAME_TOO_LONG'
  /** Starts like an address and is none. */
  | 'INVALID_ADDRESS'
  /** Mixed-case address that breaks EIP-55. */
  | 'BAD_CHECKSUM'
  /** The zero address, which nobody owns. */
  | 'ZERO_ADDRESS'
  /** No source answers for names of this kind. */
  | 'UNSUPPORTED_NAME'
  /** The source knows no such name. */
  | 'NOT_FOUND'
  /** The name exists and has no, or the zero, Ethereum address. */
  | 'NO_ADDRESS'
  /** The source answered for another name. */
  | 'NAME_MISMATCH'
  /** The installed id-cli is too old for this name. */
  | 'UNSUPPORTED_BY_RESOLVER'
  /** The program is not installed, or the source is switched off. */
  | 'RESOLVER_UNAVAILABLE'
  /** The source failed. */
  | 'UPSTREAM_ERROR'
  /** The source refuses the API key. */
  | 'UNAUTHORIZED'
  /** Too many requests, by the source's count or by ours. */
  | 'RATE_LIMITED'
  /** Nobody answered in time. */
  | 'TIMEOUT'
  /** The caller gave up. */
  | 'ABORTED'
  /** The answer cannot be understood. */
  | 'BAD_RESPONSE'
  /** The answer is larger than any can be. */
  | 'RESPONSE_TOO_LARGE'
  /** The source answered with a redirect, which is not followed. */
  | 'REDIRECT_REFUSED'
  /** The name's resolver contract sends its readers to a server that we do not connect to. */
  | 'GATEWAY_REFUSED'
  /** The source and the chain give different answers. */
  | 'SOURCE_DISAGREEMENT'
  /** The name no longer points to the pinned address. */
  | 'ADDRESS_CHANGED'
  /** The hosts file cannot be read, so no name is resolved. */
  | 'HOSTS_UNREADABLE'
  /** The hosts file does not hold, so no name is resolved. */
  | 'HOSTS_INVALID'
  /** Thrown while the resolver is built. */
  | 'INVALID_OPTION';

/** What each means and what to do. A sentence about the name gets the name itself in front, where it is known. */
export const resolveErrorTexts: ErrorTexts<ResolveErrorCode> = {
  INVALID_NAME: { what: 'The name is not valid.', next: 'Check it for typing errors.' },
  NAME_TOO_LONG: { what: 'The name is longer than 255 bytes.', next: 'Check it for typing errors.' },
  INVALID_ADDRESS: {
    what: 'The name is not an Ethereum address.',
    next: 'An address is 0x and 40 hexadecimal digits. Abbreviations such as 0x1234...abcd are not accepted.',
  },
  BAD_CHECKSUM: {
    what: 'The name has a wrong EIP-55 checksum.',
    next: 'A letter is mistyped or its case was changed. Copy the address again; do not just lower-case it.',
  },
  ZERO_ADDRESS: {
    what: 'The name is the zero address.',
    next: 'Nobody owns it. Ask the recipient for the right one.',
  },
  UNSUPPORTED_NAME: {
    what: 'The name is not one that can be resolved.',
    next: 'Use a name that ends in .eth, or a 0x address. Local names need a hosts file.',
  },
  NOT_FOUND: { what: 'The name is not known to its source.', next: 'Check the spelling.' },
  NO_ADDRESS: { what: 'The name has no Ethereum address.', next: 'Ask its owner to set one.', retryable: true },
  NAME_MISMATCH: {
    what: 'The name was asked for, and its source answered for another.',
    next: 'Use another source, or an address.',
  },
  UNSUPPORTED_BY_RESOLVER: { what: 'The name needs a newer id-cli.', next: 'Update id-cli.' },
  RESOLVER_UNAVAILABLE: {
    what: 'The name needs a source that is switched off or missing.',
    next: 'Switch the source on, or use an address.',
  },
  UPSTREAM_ERROR: {
    what: 'The name was not looked up: its source failed.',
    next: 'Try again later.',
    retryable: true,
  },
  UNAUTHORIZED: { what: 'The name was not looked up: its source refuses us.', next: 'Check the API key.' },
  RATE_LIMITED: { what: 'The name was not looked up: too many requests.', next: 'Try again later.', retryable: true },
  TIMEOUT: {
    what: 'The name was not looked up: its source gave no answer in time.',
    next: 'Try again later.',
    retryable: true,
  },
  ABORTED: { what: 'The name was not looked up: the caller gave up.', next: 'Ask again.' },
  BAD_RESPONSE: {
    what: 'The name was not looked up: the answer of its source cannot be understood.',
    next: 'Check the settings of the source.',
  },
  RESPONSE_TOO_LARGE: {
    what: 'The name was not looked up: the answer of its source is too large.',
    next: 'Check the settings of the source.',
  },
  REDIRECT_REFUSED: {
    what: 'The name was not looked up: its source answered with a redirect, which is not followed.',
    next: 'Check the settings of the source.',
  },
  GATEWAY_REFUSED: {
    what: 'The name was not looked up: its resolver names a gateway that is not a public https server.',
    next: 'Nothing was sent there. Ask the owner of the name.',
  },
  SOURCE_DISAGREEMENT: {
    what: 'The name has two answers: its source and the chain disagree.',
    next: 'A recent transfer may not have reached the first source. Ask the owner which address is right.',
  },
  ADDRESS_CHANGED: {
    what: 'The name points to another address than the pinned one.',
    next: 'It may have been sold or stolen. Ask its owner over another way before you trust the new address.',
  },
  HOSTS_UNREADABLE: {
    what: 'The hosts file cannot be read, so no name is resolved.',
    next: 'Create it, correct its path or permissions, or switch the hosts file off.',
    retryable: true,
  },
  HOSTS_INVALID: {
    what: 'The hosts file cannot be used, so no name is resolved.',
    next: 'Correct the file; it is read again by itself.',
  },
  INVALID_OPTION: { what: 'An option of the resolver is not valid.', next: 'Correct it.' },
};

/** What one source said in a disagreement. */
export interface SourceAnswer {
  /** Which one. */
  source: ResolverSource;
  /** EIP-55; `null` when the source says that there is no address. */
  address: `0x${string}` | null;
}

/** What a ResolveError tells. */
export interface ResolveErrorOptions {
  /** Decides the words, and whether it may pass, where nothing else is given. */
  code: ResolveErrorCode;
  /** What was being resolved; quoted and shortened in the message. @default none: it is not about one name */
  input?: string | undefined;
  /** One sentence; with `input`, the quoted input is put in front of it. @default by code */
  reason?: string | undefined;
  /** What to do next. @default by code */
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
  /** The error behind this one. @default undefined */
  cause?: unknown;
}

/** The only error that this package throws. Its message never holds a secret or an unescaped part of the input. */
export class ResolveError extends BaseError<ResolveErrorCode> {
  override readonly name = 'ResolveError';
  /** The caller's input, or the normalised name once that is known; empty when no single name is meant. Untrusted text. */
  readonly input: string;
  /** Who failed, or said no; `undefined` when no source was asked. */
  readonly source: ResolverSource | undefined;
  /** HTTP status of that source; `undefined` when it gave none. */
  readonly status: number | undefined;
  /** Milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** Both answers of a disagreement or a move; else empty. */
  readonly answers: readonly SourceAnswer[];

  constructor(options: ResolveErrorOptions) {
    const { code, input, reason, hints, retryable, cause } = options;
    super(
      fillIn(resolveErrorTexts, {
        code,
        shortMessage: input === undefined ? reason : sentenceOf(code, input, reason),
        metaMessages: hints,
        retryable,
        cause,
      }),
    );
    this.input = input ?? '';
    this.source = options.source;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.answers = options.answers ?? [];
  }
}

/** What happened to `input`, quoted. @param reason Words that follow it. */
export function sentenceOf(code: ResolveErrorCode, input: string, reason?: string): string {
  const quoted = quoteInput(input, { ascii: true });
  return reason === undefined ? resolveErrorTexts[code].what.replace('The name', () => quoted) : `${quoted} ${reason}`;
}
