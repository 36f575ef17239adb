import type { InboundMessage, Mailbox } from '@xmtp-messaging/xmtp-core';
import { ServerError } from '../errors.ts';

/** @throws ServerError MESSAGE_NOT_FOUND */
export async function requireMessage(mailbox: Mailbox, id: string): Promise<InboundMessage> {
  const message = await mailbox.inbox.get(id);
  if (message !== null) return message;
  throw new ServerError({
    code: 'MESSAGE_NOT_FOUND',
  });
}
