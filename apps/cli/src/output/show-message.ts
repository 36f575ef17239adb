import { printable } from '@xmtp-messaging/errors';
import type { Message } from '../servers/answers.ts';
import type { Printer } from './create-printer.ts';

/** Prints a message as the agent reads it, in its boundary. What a stranger wrote cannot move the cursor. */
export function showMessage(print: Printer, message: Message): void {
  print.record(message);
  const { id, from, state = message.deliveryState ?? '', text } = message;
  const who = printable(from.name ?? from.address ?? 'unknown');
  print.line(print.style('bold', `${id.slice(0, 12)}  ${who}  ${message.sentAt}  ${state}`));
  // No type either: its sender may have made it up.
  print.line(text === null ? '(no text)' : text.trimEnd().split('\n').map(printable).join('\n'));
  print.line();
}
