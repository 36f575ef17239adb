import { type BaseError, brand } from './base-error.ts';

/** Whether `value` is an error of this family, even one made by another copy of this package. */
export function isBaseError(value: unknown): value is BaseError {
  return value instanceof Error && brand in value;
}
