import { isBaseError, printable } from '@xmtp-messaging/errors';

/** Says what went wrong, without a stack, and lets the command end with a failure. @throws what nobody foresaw */
export function report(error: unknown): void {
  if (!isBaseError(error)) throw error;
  process.stderr.write(`${printable(error.message)}\n`);
  process.exitCode = 1;
}
