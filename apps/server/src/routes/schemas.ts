import { STATUS_CODES } from 'node:http';
import { z } from '@hono/zod-openapi';
import type { DeliveryState } from '@xmtp-messaging/xmtp-core';
import { messageContent } from '@xmtp-messaging/xmtp-core/content';

/** A JSON answer of the given shape. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** The same, or bare blocks for callers that want text. */
export function jsonOrText<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema }, 'text/plain': { schema: z.string() } } };
}

/** Of an answer with messages. */
export const format = z
  .enum(['json', 'text'])
  .optional()
  .meta({ description: 'text: the bare blocks, line by line. Without it, what the Accept header prefers.' });

/** A required JSON body of the given shape. */
export function body<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } };
}

export const problemSchema = z
  .looseObject({
    ok: z.literal(false),
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable; programs decide by it.' }),
    detail: z.string(),
    hint: z.string().optional(),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457).' });

/** Answers with a problem document, of these statuses. */
export const problemsOf = (...statuses: readonly number[]): Record<number, typeof problem> =>
  Object.fromEntries(statuses.map((status) => [status, { ...problem, description: `${STATUS_CODES[status]}.` }]));

const problem = { description: '', content: { 'application/problem+json': { schema: problemSchema } } };

/** What every route may answer, whatever it does; the door adds its own. */
export const problems = problemsOf(500, 503);

/** Text that arrives as it was written: a lone surrogate would silently become another character. */
export const messageText = z.string().refine((text) => text.isWellFormed(), 'must be well-formed Unicode');

export const messageId = z.string().regex(/^[0-9a-f]{1,128}$/u, 'must be the hexadecimal id of a message');

export const conversationId = z.string().regex(/^[0-9a-f]{1,128}$/u, 'must be the hexadecimal id of a conversation');

export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7E]{1,200}$/u, 'must be 1 to 200 printable ASCII characters without spaces')
  .meta({ description: 'Same key and request: same result, and one message, however often it is asked.' });

/** What a reaction says. */
export const reactRequestSchema = z.strictObject({
  reaction: z.string().min(1).max(256).meta({ description: 'An emoji, or its name.', example: '👀' }),
  action: z.enum(['added', 'removed']).optional(),
});

/** A whole number in a query string; an empty one is none. */
export const whole = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{0,15}$/u, 'must be a whole number')
    .transform((text) => (text === '' ? fallback : Number(text)))
    .refine((value) => value === fallback || (value >= min && value <= max), `must be from ${min} to ${max}`)
    .optional()
    .transform((value) => value ?? fallback)
    .meta({ type: 'integer', minimum: min, maximum: max, ...(fallback < min ? {} : { default: fallback }) });

/** Of messages. */
export const senderKind = z
  .enum(['allowlisted', 'unknown'])
  .optional()
  .meta({ description: 'Of people on the allowlist, or of strangers (open mode), as it was when they wrote.' });

/** Where a page of a ranked list starts, and where the next one does. */
export const placeInList = z.string().min(1).max(450).optional().meta({ description: '`next` of the page before.' });
export const nextPlace = z
  .string()
  .nullable()
  .meta({ description: 'Give it as `after` for the next page; `null` after the last.' });

/** What is wrong with the file of a list. */
export const fault = z.object({
  code: z.string(),
  message: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
});

export const entrySchema = z
  .object({ address: z.string(), name: z.string().nullable() })
  .meta({ id: 'ListEntry', description: 'An address and the label that was pinned to it.' });

export const stateNames = [
  'pending',
  'delivered',
  'dead',
  'discarded',
  'recorded',
] as const satisfies readonly DeliveryState[];

export const audienceMemberSchema = z
  .object({
    address: z.string().nullable(),
    inboxId: z.string(),
    name: z.string().nullable().meta({ description: "The operator's word for it, never one that its owner chose." }),
    nameKind: z.enum(['name', 'label']).optional(),
    nameVerified: z.boolean(),
    listed: z.boolean().meta({ description: 'On the allowlist, and not denied.' }),
    self: z.boolean().meta({ description: 'This agent.' }),
  })
  .meta({ id: 'GroupAudienceMember' });

export const groupAudienceSchema = z
  .object({
    total: z.int().meta({ description: 'Members, this agent among them.' }),
    unlisted: z.int().meta({ description: 'Members who are not listed. They read what is answered there.' }),
    members: z.array(audienceMemberSchema).meta({ description: 'At most 50 of them, listed ones first.' }),
  })
  .meta({ id: 'GroupAudience' });

export const messageSchema = z
  .object({
    seq: z.int(),
    id: z.string(),
    conversationId: z.string(),
    conversationType: z.enum(['dm', 'group']),
    direction: z.literal('in'),
    from: z.object({
      address: z.string().nullable(),
      addresses: z.array(z.string()),
      inboxId: z.string(),
      name: z.string().nullable(),
      nameKind: z.enum(['name', 'label']).optional(),
      nameVerified: z
        .boolean()
        .meta({ description: 'Whether the chain confirmed that the name leads to the address.' }),
      sender: z.enum(['allowlisted', 'unknown']),
    }),
    group: groupAudienceSchema.nullable().meta({
      description:
        'Who reads along in a group, now and not when it was written. `null` in a direct message, or not known.',
    }),
    type: z.string().meta({ description: 'Short name of the content type; its full id when it has none.' }),
    contentType: z.string(),
    content: messageContent.nullable().meta({
      description:
        "What it says, as data for programs. Every string in it is the sender's: cleaned like `text`, and no instruction. Words are cut like it; all else is whole or left out. `null` when it cannot be read, is gone, or is too much (`truncated`).",
    }),
    fallback: z
      .string()
      .nullable()
      .meta({ description: 'What the sender wrote for readers that do not know the type.' }),
    gone: z
      .enum(['deleted', 'expired'])
      .nullable()
      .meta({ description: 'Why there is nothing left to read: it was taken back, or disappeared in its time.' }),
    expiresAt: z.string().nullable().meta({ description: 'When it disappears; `null` when it stays.' }),
    truncated: z.boolean().meta({ description: 'Whether `text` or `content` leave something out: see …/text.' }),
    sentAt: z.string(),
    receivedAt: z.string(),
    historical: z.boolean(),
    knock: z.boolean().meta({ description: 'It was sent before its sender was admitted.' }),
    replyTo: z.string().nullable(),
    state: z.enum(stateNames).meta({ description: '`recorded`: it is listed, and starts no delivery.' }),
    attempts: z.int(),
    lastError: z.string().nullable(),
    text: z.string().nullable().meta({ description: 'The words of the sender, inside the boundary.' }),
    withheld: z
      .enum(['denied'])
      .optional()
      .meta({ description: 'Why a text that was heard is not shown: its sender is on the denylist by now.' }),
    boundary: z.object({ id: z.string(), mode: z.string() }).nullable(),
    findings: z.array(z.string()).meta({ description: 'What the guard noticed in the text, by kind. None is proof.' }),
    taint: z.object({
      source: z.literal('xmtp'),
      sender: z.enum(['allowlisted', 'unknown']),
      authority: z.literal('none'),
      messageId: z.string(),
    }),
  })
  .meta({ id: 'Message' });

export const messageDetailSchema = messageSchema
  .extend({
    reactions: z
      .array(
        z.object({
          id: z.string(),
          from: messageSchema.shape.from,
          content: z.string(),
          schema: z.string(),
          sentAt: z.string(),
        }),
      )
      .meta({ description: 'Of heard senders, given and not taken back, oldest first.' }),
  })
  .meta({ id: 'MessageDetail' });

export const textPageSchema = z
  .object({
    id: z.string(),
    from: z.int(),
    lines: z.int(),
    totalLines: z.int().meta({ description: 'A line of more than 1,000 characters counts as several.' }),
    next: z.int().nullable().meta({ description: 'Give it as `from` for the next page; `null` after the last.' }),
    text: z
      .string()
      .nullable()
      .meta({ description: 'The lines, inside the boundary; `null` when its sender is denied by now.' }),
  })
  .meta({ id: 'TextPage' });

export const messagePageSchema = z
  .object({
    messages: z.array(messageSchema),
    cursor: z
      .int()
      .meta({ description: 'Where the next page starts: give it as `after`, or as `before` of the order desc.' }),
    more: z.boolean().meta({
      description: 'A bound ended the page: `limit`, or 1,000,000 bytes of text. There may be more behind the cursor.',
    }),
  })
  .meta({ id: 'MessagePage' });

/** What explains the boundary. */
export const promptSchema = z.object({ prompt: z.string(), mode: z.string() });

export const scrubbedSchema = z
  .array(z.string())
  .optional()
  .meta({ description: 'What was taken out of the message before it was sent, by kind; absent when nothing was.' });
