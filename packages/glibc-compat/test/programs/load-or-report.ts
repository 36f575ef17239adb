// Loads XMTP and prints the file that it runs from, or the code of the error behind all others.
import '@xmtp-messaging/glibc-compat/register';
import { isBaseError } from '@xmtp-messaging/errors';
import { loadedFrom } from './loaded-from.ts';

try {
  await import('@xmtp/node-bindings');
  process.stdout.write(JSON.stringify(loadedFrom()));
} catch (error) {
  let reason = error;
  while (reason instanceof Error && !isBaseError(reason)) reason = reason.cause;
  process.stdout.write(JSON.stringify(isBaseError(reason) ? reason.code : 'UNKNOWN'));
}
