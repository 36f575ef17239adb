import { AgentError } from '../errors.ts';
import type { OpenParts } from '../types.ts';
import type { Attachment, Attachments } from './create-attachments.ts';

/**
 * A file of a message that was heard or sent: nothing of it while its sender is on the denylist.
 * @throws AgentError as `Attachments.get`
 */
export async function readAttachment(
  {
    home,
    mailbox,
    attachments,
  }: { home: Pick<OpenParts['home'], 'isWithheld'>; attachments: Attachments } & Pick<OpenParts, 'mailbox'>,
  asked: { messageId: string; index: number; signal: AbortSignal },
): Promise<Attachment> {
  const message = await mailbox.inbox.get(asked.messageId);
  if (message !== null && home.isWithheld(message)) {
    throw new AgentError({ code: 'ATTACHMENT_REFUSED', shortMessage: 'Its sender is on the denylist by now.' });
  }
  return await attachments.get(mailbox, asked);
}
