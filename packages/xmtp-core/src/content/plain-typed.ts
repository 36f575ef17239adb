import { z } from 'zod';
import { actionsContent } from './actions-content.ts';
import { attachmentContent } from './attachment-content.ts';
import { customContent } from './custom-content.ts';
import { deleteMessageContent } from './delete-message-content.ts';
import { groupUpdatedContent } from './group-updated-content.ts';
import { intentContent } from './intent-content.ts';
import { leaveRequestContent } from './leave-request-content.ts';
import { markdownContent } from './markdown-content.ts';
import { multiRemoteAttachmentContent } from './multi-remote-attachment-content.ts';
import { reactionContent } from './reaction-content.ts';
import { readReceiptContent } from './read-receipt-content.ts';
import { remoteAttachmentContent } from './remote-attachment-content.ts';
import { textContent } from './text-content.ts';
import { transactionReferenceContent } from './transaction-reference-content.ts';
import { walletSendCallsContent } from './wallet-send-calls-content.ts';

/** The schema of each type's content but that of `reply`, which nests one of these. */
export const plainSchemas = {
  text: textContent,
  markdown: markdownContent,
  reaction: reactionContent,
  readReceipt: readReceiptContent,
  attachment: attachmentContent,
  remoteAttachment: remoteAttachmentContent,
  multiRemoteAttachment: multiRemoteAttachmentContent,
  transactionReference: transactionReferenceContent,
  walletSendCalls: walletSendCallsContent,
  actions: actionsContent,
  intent: intentContent,
  groupUpdated: groupUpdatedContent,
  leaveRequest: leaveRequestContent,
  deleteMessage: deleteMessageContent,
} as const;

const typed = <Name extends keyof typeof plainSchemas>(name: Name) =>
  z.object({
    type: z.literal(name),
    /** What it says. */
    content: plainSchemas[name],
  });

const custom = z.object({
  type: z
    .string()
    .regex(/\/|^(?:unknown|invalid)$/u)
    .meta({
      description: 'Full id: `authority/type:major.minor`; `unknown` without one, `invalid` if it cannot be shown.',
    }),
  /** What it says. */
  content: customContent,
});

/** A type and its content, for every type but `reply`. */
export const plainTyped = z
  .union([
    typed('text'),
    typed('markdown'),
    typed('reaction'),
    typed('readReceipt'),
    typed('attachment'),
    typed('remoteAttachment'),
    typed('multiRemoteAttachment'),
    typed('transactionReference'),
    typed('walletSendCalls'),
    typed('actions'),
    typed('intent'),
    typed('groupUpdated'),
    typed('leaveRequest'),
    typed('deleteMessage'),
    custom,
  ])
  .meta({ id: 'PlainTypedContent', description: 'A type and its content.' });

export type PlainTypedContent = z.infer<typeof plainTyped>;
