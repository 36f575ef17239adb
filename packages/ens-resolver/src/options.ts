import { ResolveError } from './errors.ts';

/** An option that can never work, found while the resolver is built. `reason` must not hold the option's value if that is secret. */
export function invalidOption(reason: string): ResolveError {
  return new ResolveError({ code: 'INVALID_OPTION', reason });
}

/** The longest time of a timer; a longer one ends at once. */
export const maxTimerMs = 2_147_483_647;

/** @throws ResolveError INVALID_OPTION unless `value` is a number from `minimum` to that of the longest timer. */
export function atLeast(minimum: number, name: string, value: number): number {
  if (value >= minimum && value <= maxTimerMs) return value;
  throw invalidOption(`The option ${name} must be a number from ${minimum} to ${maxTimerMs}.`);
}

/** @throws ResolveError INVALID_OPTION unless `value` is a whole number of at least 1. */
export function count(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw invalidOption(`The option ${name} must be a whole number of at least 1.`);
}

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Checks the URL of a service: https, or http on this machine; no credentials, which errors and logs would show.
 * @throws ResolveError INVALID_OPTION
 */
export function serviceUrl(name: string, value: string): URL {
  const url = URL.parse(value);
  if (url === null) throw invalidOption(`The option ${name} must be a URL.`);
  const local = url.protocol === 'http:' && loopback.has(url.hostname);
  if (url.protocol !== 'https:' && !local) {
    throw invalidOption(`The option ${name} must be an https URL; http is for 127.0.0.1 only.`);
  }
  if (url.username !== '' || url.password !== '')
    throw invalidOption(`The option ${name} must not hold a user or password.`);
  return url;
}
