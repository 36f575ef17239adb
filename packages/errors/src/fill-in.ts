import type { BaseErrorOptions } from './base-error.ts';

/** What a code means, in the words for whoever knows nothing more. */
export interface ErrorText {
  /** One sentence: what happened. */
  what: string;
  /** What to do next. */
  next: string;
  /** Whether the same call may succeed later, unchanged. @default false */
  retryable?: boolean | undefined;
}

/** What each code of a package means. */
export type ErrorTexts<Code extends string> = Readonly<Record<Code, ErrorText>>;

/** What an error tells beyond its code; what is left out is filled in from the package's texts. */
export interface KnownErrorOptions<Code extends string> extends Omit<BaseErrorOptions<Code>, 'shortMessage'> {
  /** One sentence: what happened. @default the text of the code */
  shortMessage?: string | undefined;
}

/** The options of an error, with the texts of its code where it has none of its own. */
export function fillIn<Code extends string>(
  texts: ErrorTexts<Code>,
  options: KnownErrorOptions<Code>,
): BaseErrorOptions<Code> {
  const { what, next, retryable = false } = texts[options.code];
  return {
    code: options.code,
    shortMessage: options.shortMessage ?? what,
    metaMessages: options.metaMessages ?? [next],
    retryable: options.retryable ?? retryable,
    cause: options.cause,
  };
}
