// The public surface of @xmtp-messaging/errors.
export { BaseError, type BaseErrorOptions } from './base-error.ts';
export { isBaseError } from './is-base-error.ts';
