import { z } from 'zod';
import { mailboxError } from '../errors.ts';

/**
 * Whether options have the form that their types promise: a program without types gets an answer too, before anything is touched.
 * The issues name keys and what belongs there, never a value.
 * @throws MailboxError INVALID_REQUEST
 */
export function checkOptions(schema: z.ZodType, options: unknown): void {
  const { error } = schema.safeParse(options);
  if (error === undefined) return;
  const problems = error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`);
  throw mailboxError('INVALID_REQUEST', { detail: problems.join('; ') });
}

const forEver = z.literal(Infinity);

/** Milliseconds, or a limit of anything else that may be lifted by `Infinity`. */
export const positive = z.number().positive().or(forEver).optional();
/** The same where none at all is a choice. */
export const atLeastNone = z.number().nonnegative().or(forEver).optional();
/** A count of at least one. */
export const count = z.int().positive().or(forEver).optional();

/** A function; what it takes and gives cannot be seen. */
export const callable = z.custom<(...args: never) => unknown>(
  (value) => typeof value === 'function',
  'must be a function',
);

/** A signal, of this realm or another. */
export const signal = z
  .custom<AbortSignal>(
    (value) => typeof value === 'object' && value !== null && 'throwIfAborted' in value,
    'must be an AbortSignal',
  )
  .optional();
