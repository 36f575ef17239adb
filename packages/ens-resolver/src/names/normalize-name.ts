import { maxNameBytes, normalizeName as normalize } from '@xmtp-messaging/errors/name';
import { ResolveError } from '../errors.ts';

/**
 * The ENSIP-15 form of a name.
 * @returns `changed` tells whether more than ASCII case differs from the input.
 * @throws ResolveError NAME_TOO_LONG, INVALID_NAME
 */
export function normalizeName(input: string): { name: string; changed: boolean } {
  const result = normalize(input);
  if (result.ok) return { name: result.name, changed: result.changed };
  if (result.fault === 'NAME_TOO_LONG') {
    throw new ResolveError({ code: 'NAME_TOO_LONG', input, reason: `is longer than ${maxNameBytes} bytes.` });
  }
  throw new ResolveError({
    code: 'INVALID_NAME',
    input,
    reason: 'is not a valid ENS name.',
    hints: [
      'Names have non-empty labels between dots, without spaces, and follow ENSIP-15. Check it for typing errors.',
    ],
  });
}
