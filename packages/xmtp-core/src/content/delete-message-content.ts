import { z } from 'zod';

/** `xmtp.org/deleteMessage:1.0`: its author, or a super admin of the group, takes a message back. */
export const deleteMessageContent = z
  .object({ messageId: z.string().meta({ description: 'Id of the message that is taken back.' }) })
  .meta({ id: 'DeleteMessageContent', description: 'A message is taken back.' });

export type DeleteMessageContent = z.infer<typeof deleteMessageContent>;
