import { GuardError } from '../errors.ts';
import { gutterPattern, idPattern, markPattern } from './layout.ts';

/** `size` bytes that nobody can foresee. */
export type RandomBytes = (size: number) => Uint8Array;

export const secureRandomBytes: RandomBytes = (size) => crypto.getRandomValues(new Uint8Array(size));

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Clashes after which `idFor` is taken to be constant, and chance decides. */
const maxClashes = 8;

export function randomGutter(randomBytes: RandomBytes): string {
  return Array.from(randomBytes(4), (byte) => alphabet[byte % alphabet.length]).join('');
}

/** 64 bits, hex. */
export function randomId(randomBytes: RandomBytes): string {
  return Array.from(randomBytes(8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The same mark for the same gutter, so that a deployment needs to keep only one of them. */
export function markFor(gutter: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < gutter.length; index += 1) {
    hash = Math.imul(hash ^ gutter.charCodeAt(index), 0x01000193) >>> 0;
  }
  return String.fromCharCode(0xe000 + (hash % 6400));
}

/**
 * An id that does not occur in `body` (RFC 2046, 5.1.1). On a clash `idFor` is asked again for `messageId#1`,
 * `messageId#2` and so on, which keeps stable ids stable.
 * @throws GuardError INVALID_ID
 */
export function freshId(options: {
  messageId: string;
  body: string;
  idFor: ((messageId: string) => string) | undefined;
  randomBytes: RandomBytes;
}): string {
  const { messageId, idFor, randomBytes } = options;
  const body = options.body.toLowerCase();
  for (let clashes = 0; ; clashes += 1) {
    const given = clashes < maxClashes ? idFor?.(clashes === 0 ? messageId : `${messageId}#${clashes}`) : undefined;
    const id = given ?? randomId(randomBytes);
    if (!idPattern.test(id)) {
      throw new GuardError({ code: 'INVALID_ID' });
    }
    if (!body.includes(id)) return id;
  }
}

/** @throws GuardError INVALID_GUTTER */
export function assertGutter(gutter: string): void {
  if (gutterPattern.test(gutter)) return;
  throw new GuardError({ code: 'INVALID_GUTTER' });
}

/** @throws GuardError INVALID_MARK */
export function assertMark(mark: string): void {
  if (markPattern.test(mark)) return;
  throw new GuardError({ code: 'INVALID_MARK' });
}
