import { z } from 'zod';
import { plainTyped } from './plain-typed.ts';

/** `xmtp.org/reply:1.0` (XIP-20): an answer to a message, with content of any other type. A reply in a reply is custom. */
export const replyContent = z
  .object({
    reference: z.string().meta({ description: 'Id of the message that it answers.' }),
    referenceInboxId: z.string().optional().meta({ description: 'Inbox id of who wrote that message, if told.' }),
    content: plainTyped.nullable().meta({ description: 'What it says; `null` when it cannot be read.' }),
  })
  .meta({ id: 'ReplyContent', description: 'An answer to an earlier message.' });

export type ReplyContent = z.infer<typeof replyContent>;
