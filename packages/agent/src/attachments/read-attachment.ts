import { AgentError } from '../errors.ts';
import type { OpenParts } from '../types.ts';
import type { TextPage } from '../inbound/create-text-pages.ts';
import type { Attachment, Attachments } from './create-attachments.ts';

/**
 * The `index`th file, from 0, of the message `messageId` that was heard or sent: nothing of it while its sender is on the denylist, by the
 * lists of `home`. `attachments` fetches it.
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

/**
 * Some lines of a text file, behind the boundary of its message: `lines` of them at most (default what a block holds), beginning with line
 * `from` (default 1). `messageId`, `index`, `home` and `attachments` as of `readAttachment`.
 * @throws AgentError ATTACHMENT_NOT_TEXT, and as `readAttachment`
 */
export async function readAttachmentText(
  parts: { home: Pick<OpenParts['home'], 'isWithheld' | 'textPage'>; attachments: Attachments } & Pick<
    OpenParts,
    'mailbox'
  >,
  asked: {
    messageId: string;
    index: number;
    signal: AbortSignal;
    from?: number | undefined;
    lines?: number | undefined;
  },
): Promise<TextPage> {
  const { bytes, mimeType } = await readAttachment(parts, asked);
  if (mimeType !== 'text/plain') throw new AgentError({ code: 'ATTACHMENT_NOT_TEXT' });
  const message = await parts.mailbox.conversations.message(asked.messageId);
  if (message === null) throw new AgentError({ code: 'ATTACHMENT_NOT_FOUND' });
  const text = new TextDecoder().decode(bytes);
  return parts.home.textPage({ ...message, type: 'text', content: null, fallback: null, gone: null, text }, asked);
}
