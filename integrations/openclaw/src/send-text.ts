import { randomUUID } from 'node:crypto';
import { unwrap } from '@xmtp-messaging/client';
import { ChannelError } from './errors.ts';
import type { OutboundText } from './host.ts';
import { channelId, openMailbox, readAccount } from './read-account.ts';

/** A recipient as the mailbox knows it: without the name of the channel. */
export function normalizeTarget(to: string): string {
  return to.trim().replace(/^xmtp:/iu, '');
}

/** Whether a word can only be a recipient of this channel. */
export function looksLikeTarget(to: string): boolean {
  return /^(?:0x[0-9a-f]{40}|conversation:[0-9a-f]{32}|(?:[^\s.:/]+\.)+eth)$/iu.test(normalizeTarget(to));
}

/**
 * Sends what the agent says by itself, once however often the host tries.
 * @throws ChannelError TARGET_INVALID; RequestError of the server
 */
export async function sendText(out: OutboundText): Promise<{ channel: string; messageId: string }> {
  const { cfg, accountId, text: message, signal, deliveryQueueId, deliveryPartIndex = 0 } = out;
  const to = normalizeTarget(out.to);
  if (to === '') throw new ChannelError({ code: 'TARGET_INVALID' });
  const mailbox = openMailbox(readAccount(cfg, accountId));
  const key = deliveryQueueId === undefined ? randomUUID() : `openclaw-${deliveryQueueId}-${deliveryPartIndex}`;
  const header = { 'idempotency-key': key };
  const replyTo = out.replyToId ? { replyTo: out.replyToId } : {};
  const conversation = /^conversation:([0-9a-f]{32})$/iu.exec(to)?.[1];
  const asked =
    conversation === undefined
      ? mailbox.POST('/xmtp/send', { params: { header }, body: { to, message, ...replyTo }, signal: signal ?? null })
      : mailbox.POST('/xmtp/conversations/{id}/send', {
          params: { path: { id: conversation }, header },
          body: { message, ...replyTo },
          signal: signal ?? null,
        });
  const { id } = await unwrap<{ id: string }>(asked);
  return { channel: channelId, messageId: id };
}
