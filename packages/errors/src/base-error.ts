/** Marks every error of this family, across duplicate copies of this package. */
export const brand = Symbol.for('xmtp-messaging.error');

/** What an error tells its reader. Never put a secret or the text of a message in any of these. */
export interface BaseErrorOptions<Code extends string = string> {
  /** Stable, documented identifier of the failure, for programs. */
  code: Code;
  /** One sentence: what happened. */
  shortMessage: string;
  /** Further sentences: why, and what to do next. @default [] */
  metaMessages?: readonly string[] | undefined;
  /** Whether the same call may succeed later, unchanged. @default false */
  retryable?: boolean | undefined;
  /** The error behind this one. @default undefined */
  cause?: unknown;
}

/**
 * Base of every error that an XMTP Messaging package throws.
 * `message` is `shortMessage`, a blank line, then `metaMessages`, one per line.
 */
export class BaseError<Code extends string = string> extends Error {
  /** Of the class; the same after a build that shortens names. */
  override readonly name: string = 'BaseError';
  /** Stable, documented identifier of the failure, for programs. */
  readonly code: Code;
  /** One sentence: what happened. */
  readonly shortMessage: string;
  /** Further sentences: why, and what to do next. Empty for none. */
  readonly metaMessages: readonly string[];
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean;

  constructor(options: BaseErrorOptions<Code>) {
    const { code, shortMessage, metaMessages = [], retryable = false, cause } = options;
    super(
      metaMessages.length === 0 ? shortMessage : [shortMessage, '', ...metaMessages].join('\n'),
      cause === undefined ? undefined : { cause },
    );
    this.code = code;
    this.shortMessage = shortMessage;
    this.metaMessages = metaMessages;
    this.retryable = retryable;
    Object.defineProperty(this, brand, { value: true });
  }

  /** The first error of the cause chain, this one included, for which `match` holds; `null` if none does. */
  walk(match: (error: unknown) => boolean): unknown {
    if (match(this)) return this;
    const seen = new Set<unknown>([this]);
    let error = this.cause;
    while (error !== undefined && error !== null && !seen.has(error)) {
      if (match(error)) return error;
      seen.add(error);
      error = error instanceof Error ? error.cause : undefined;
    }
    return null;
  }
}
