import { z } from '@hono/zod-openapi';
import { messageDetailSchema, messagePageSchema, messageSchema } from './schemas.ts';

const personShape = {
  address: z.string().nullable(),
  addresses: z.array(z.string()),
  inboxId: z.string(),
  name: z.string().nullable(),
  nameKind: z.enum(['name', 'label']).optional(),
  nameVerified: z.boolean(),
};

export const conversationSchema = z
  .object({
    id: z.string(),
    type: z.enum(['dm', 'group']),
    title: z.string().nullable().meta({ description: 'Of a group; strangers may have chosen it. Cleaned.' }),
    peers: z
      .array(
        z.object({
          ...personShape,
          heard: z.boolean().meta({ description: 'Whether what this one writes is heard.' }),
        }),
      )
      .meta({ description: 'The others, at most 50 of them.' }),
    members: z.int(),
    heard: z.boolean().meta({ description: 'Whether anybody else in it may be heard now.' }),
    listed: z.boolean().meta({ description: 'Whether anybody else in it is on the allowlist.' }),
    member: z.boolean().meta({ description: 'Whether this agent is still in it.' }),
    consent: z.enum(['unknown', 'allowed', 'denied']),
    unread: z.int().meta({ description: 'Messages heard that were not marked read since they came.' }),
    pending: z.int().meta({ description: 'Messages heard that are not delivered yet.' }),
    createdAt: z.string(),
    lastActivityAt: z.string(),
  })
  .meta({ id: 'Conversation' });

export const sentMessageSchema = z
  .object({
    seq: z
      .int()
      .nullable()
      .meta({ description: 'Cursor of GET /xmtp/messages?direction=out; null for other clients of this inbox.' }),
    id: z.string(),
    conversationId: z.string(),
    conversationType: z.enum(['dm', 'group']),
    direction: z.literal('out'),
    from: z.object({ address: z.string(), inboxId: z.string(), sender: z.literal('self') }),
    type: messageSchema.shape.type,
    contentType: z.string(),
    content: messageSchema.shape.content,
    fallback: messageSchema.shape.fallback,
    gone: messageSchema.shape.gone,
    truncated: z.boolean().meta({ description: 'Whether `text` or `content` leave something out.' }),
    sentAt: z.string(),
    expiresAt: messageSchema.shape.expiresAt,
    replyTo: z.string().nullable(),
    deliveryState: z.enum(['sending', 'sent', 'failed', 'unknown']).meta({
      description:
        'sending: the network has not accepted it yet. failed: it never will. unknown: it was on its way when the backup was made that this home was restored from.',
    }),
    idempotencyKey: z.string().nullable().meta({
      description: 'Of the request that sent it; null for automatic replies, other clients, and after seven days.',
    }),
    text: z.string().meta({ description: 'Our own words, inside the boundary: they may quote anybody.' }),
    boundary: z.object({ id: z.string(), mode: z.string() }),
  })
  .meta({ id: 'SentMessage' });

export const sentMessageDetailSchema = sentMessageSchema
  .extend({ reactions: messageDetailSchema.shape.reactions })
  .meta({ id: 'SentMessageDetail' });

/** Where a page starts. */
export const placeInConversations = z
  .string()
  .regex(/^(?:\d{1,19}\.)?[0-9a-f]{1,128}$/u, 'must be a cursor of an earlier page');

const bounds = {
  newest: z.string().nullable().meta({ description: 'Give it as `after` for what is newer.' }),
  oldest: z.string().nullable().meta({ description: 'Give it as `before` for what is older.' }),
  more: z.boolean().meta({ description: 'Whether there may be more in the direction of the order.' }),
};

export const conversationPageSchema = z
  .object({ conversations: z.array(conversationSchema), ...bounds })
  .meta({ id: 'ConversationPage' });

export const sentPageSchema = messagePageSchema
  .extend({ messages: z.array(sentMessageSchema.extend({ seq: z.int() })) })
  .meta({ id: 'SentMessagePage', description: 'What was sent.' });

export const historyPageSchema = z
  .object({ messages: z.array(z.union([messageSchema, sentMessageSchema])), ...bounds })
  .meta({ id: 'ConversationMessagePage' });
