import { BaseError } from '@xmtp-messaging/errors';

/**
 * Mistakes of the program that sets the guard up. No message of a sender causes any of them.
 *
 * - `INVALID_GUTTER`: the gutter is not 4 to 16 lower-case letters and digits.
 * - `INVALID_ID`: `idFor` returned something else than 16 to 64 lower-case hex digits.
 * - `INVALID_MARK`: the datamark is not one private-use character of the basic plane.
 * - `INVALID_LIMIT`: a limit is not a positive number.
 * - `INVALID_TOKEN`: a token of the model is not 2 to 64 printable characters without a backslash.
 * - `INVALID_SELF`: the admission was not told the inbox id of its own agent.
 */
export type GuardErrorCode =
  | 'INVALID_GUTTER'
  | 'INVALID_ID'
  | 'INVALID_MARK'
  | 'INVALID_LIMIT'
  | 'INVALID_TOKEN'
  | 'INVALID_SELF';

/** Thrown for options that cannot work, when they are given or first used. */
export class GuardError extends BaseError<GuardErrorCode> {
  override readonly name = 'GuardError';
}

/** @throws GuardError INVALID_LIMIT when a value is not a positive number; `Infinity` is one. */
export function assertPositive(limits: object, prefix = ''): void {
  for (const [key, value] of Object.entries(limits)) {
    if (typeof value === 'object' && value !== null) assertPositive(value, `${prefix}${key}.`);
    else if (!(typeof value === 'number' && value > 0)) {
      throw new GuardError({
        code: 'INVALID_LIMIT',
        shortMessage: `The limit "${prefix}${key}" is not a positive number.`,
        metaMessages: ['Leave it out to use the default, or give Infinity to lift it.'],
      });
    }
  }
}
