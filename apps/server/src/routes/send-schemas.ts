import { z } from '@hono/zod-openapi';
import { sayingShape } from './saying-schema.ts';
import { nameOrAddress, recipientSchema } from './name-schemas.ts';
import { messageId, scrubbedSchema } from './schemas.ts';

/** What is to be sent, and to whom. */
export const sendRequestSchema = z
  .strictObject({
    to: nameOrAddress.meta({ example: 'alice.agent-23.xid.eth' }),
    ...sayingShape,
    replyTo: messageId.optional().meta({ description: 'Id of the message that this one answers.' }),
    strict: z
      .boolean()
      .optional()
      .meta({ description: 'Refuse a name that leads to another address than when it was last written to.' }),
  })
  .meta({ id: 'SendRequest' });

/** What became of it. */
export const sentSchema = z
  .object({
    ok: z.literal(true),
    message: z.literal('Message sent'),
    id: z.string(),
    conversationId: z.string(),
    to: recipientSchema,
    replayed: z.boolean().meta({ description: 'The result of an earlier request with the same key.' }),
    changedSince: z
      .object({ address: z.string(), since: z.string() })
      .optional()
      .meta({ description: 'The other address that this name meant when it was last written to, and from when on.' }),
    scrubbed: scrubbedSchema,
    heard: z.boolean().meta({ description: 'Whether what the recipient answers from this address will be heard.' }),
  })
  .meta({ id: 'SendResponse' });

/** What a caller is told of an answer that was sent. */
export const answeredSchema = z.object({
  ok: z.literal(true),
  message: z.literal('Message sent'),
  id: z.string(),
  conversationId: z.string(),
  replayed: z.boolean(),
  scrubbed: scrubbedSchema,
});
