import { printable, printableJson } from '@xmtp-messaging/errors';

/** What happens in a chat. */
export type ChatEvent =
  | { event: 'ready'; name: string; address: string; inboxId: string; to: string | null }
  | { event: 'sent'; id: string; to: string | null; text: string }
  | { event: 'message'; id: string; from: string; address: string; conversationId: string; text: string }
  | { event: 'failed'; reason: string };

/** One line, which cannot steer a terminal. In JSON all is there, as it was written. */
export function formatChatEvent(event: ChatEvent, { name, json }: { name: string; json: boolean }): string {
  if (json) return printableJson(event);
  if (event.event === 'message') return printable(`${event.from}: ${event.text}`);
  if (event.event === 'sent') return printable(`${name}: ${event.text}`);
  if (event.event === 'failed') return printable(event.reason);
  const how = event.to === null ? 'The last who wrote is written to.' : `What you type goes to ${event.to}.`;
  return printable(`You are ${name}, ${event.address}. ${how} Ctrl-D ends it.`);
}
