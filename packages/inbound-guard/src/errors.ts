import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

/** Mistakes of the program that sets the guard up. No message of a sender causes any of them. */
export type GuardErrorCode =
  /** The gutter is not 4 to 16 lower-case letters and digits. */
  | 'INVALID_GUTTER'
  /** `idFor` returned something else than 16 to 64 lower-case hex digits. */
  | 'INVALID_ID'
  /** The datamark is not one private-use character of the basic plane. */
  | 'INVALID_MARK'
  /** A limit is not a positive number. */
  | 'INVALID_LIMIT'
  /** A token of the model is not 2 to 64 printable characters without a backslash. */
  | 'INVALID_TOKEN'
  /** The inbox id of the agent is empty. */
  | 'INVALID_SELF';

/** What each means and what to do. */
export const guardErrorTexts: ErrorTexts<GuardErrorCode> = {
  INVALID_GUTTER: {
    what: 'The gutter is not 4 to 16 lower-case letters and digits.',
    next: 'Leave it out for a random one, or derive it from a secret and encode it in hex.',
  },
  INVALID_ID: {
    what: 'The id for a message is not 16 to 64 lower-case hex digits.',
    next: 'Let idFor return part of an HMAC of the message id, in hex.',
  },
  INVALID_MARK: {
    what: 'The mark is not one private-use character from U+E000 to U+F8FF.',
    next: 'Leave it out to have it derived from the gutter.',
  },
  INVALID_LIMIT: {
    what: 'A limit is not a positive number.',
    next: 'Leave it out to use the default, or give Infinity to lift it.',
  },
  INVALID_TOKEN: {
    what: 'A token of the model is not 2 to 64 printable characters without a backslash.',
    next: 'Give each as the tokenizer spells it, for example "]~b]".',
  },
  INVALID_SELF: {
    what: 'The inbox id of the agent is empty.',
    next: 'Give the inbox id of the open mailbox, or leave it out if the mailbox keeps its own messages out.',
  },
};

/** Thrown for options that cannot work, when they are given or first used. */
export class GuardError extends BaseError<GuardErrorCode> {
  override readonly name = 'GuardError';

  constructor(options: KnownErrorOptions<GuardErrorCode>) {
    super(fillIn(guardErrorTexts, options));
  }
}

/** @throws GuardError INVALID_LIMIT when a value is not a positive number; `Infinity` is one. */
export function assertPositive(limits: object, prefix = ''): void {
  for (const [key, value] of Object.entries(limits)) {
    if (typeof value === 'object' && value !== null) assertPositive(value, `${prefix}${key}.`);
    else if (!(typeof value === 'number' && value > 0)) {
      throw new GuardError({
        code: 'INVALID_LIMIT',
        shortMessage: `The limit "${prefix}${key}" is not a positive number.`,
      });
    }
  }
}
