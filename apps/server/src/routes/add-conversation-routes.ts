import { createAgentConversations } from '@xmtp-messaging/agent';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readers, senders } from '../callers/audience-of.ts';
import { showAnswered } from './add-reply-route.ts';
import { answeredSchema } from './send-schemas.ts';
import { readSaying, sayingShape } from './saying-schema.ts';
import { callerSignal } from '../http/caller-signal.ts';
import { blocksOf, linkTo, wantsText } from '../http/wants-text.ts';
import type { AppEnv } from '../http/types.ts';
import { countSend } from '../metrics/count-send.ts';
import { conversationPageSchema, historyPageSchema, placeInConversations } from './conversation-schemas.ts';
import { conversationDetailSchema } from './group-schemas.ts';
import {
  body,
  conversationId,
  format,
  idempotencyKey,
  json,
  jsonOrText,
  messageId,
  problems,
  problemsOf,
  whole,
} from './schemas.ts';
import type { Services } from './services.ts';

const params = z.object({ id: conversationId });
const page = {
  before: placeInConversations.optional().meta({ description: 'Older than this cursor.' }),
  after: placeInConversations.optional().meta({ description: 'Newer than this cursor.' }),
  limit: whole(1, 200, 50),
  order: z.enum(['asc', 'desc']).default('desc').meta({ description: 'desc: newest first.' }),
};

const list = createRoute({
  method: 'get',
  path: '/xmtp/conversations',
  security: readers,
  operationId: 'listConversations',
  tags: ['conversations'],
  summary: 'Conversations by what happened last',
  request: {
    query: z.object({
      ...page,
      listed: z.enum(['true']).optional().meta({
        description: 'true: those alone in which somebody is on the allowlist; a page may hold less than `limit`.',
      }),
    }),
  },
  responses: {
    200: json(conversationPageSchema, 'Conversations, and where the page begins and ends.'),
    ...problems,
    ...problemsOf(502, 504),
  },
});
const get = createRoute({
  method: 'get',
  path: '/xmtp/conversations/{id}',
  security: readers,
  operationId: 'getConversation',
  tags: ['conversations'],
  summary: 'One conversation',
  request: { params },
  responses: { 200: json(conversationDetailSchema, 'The conversation.'), ...problems, ...problemsOf(404, 502, 504) },
});
const messages = createRoute({
  method: 'get',
  path: '/xmtp/conversations/{id}/messages',
  security: readers,
  operationId: 'listConversationMessages',
  tags: ['conversations'],
  summary: 'What was heard and said in a conversation',
  description:
    '`before` and `after` take cursors and ids of messages. Of others only what was accepted is shown. A page may hold less than `limit` and still have more.',
  request: { params, query: z.object({ ...page, format }) },
  responses: {
    200: jsonOrText(historyPageSchema, 'Messages, and where the page begins and ends.'),
    ...problems,
    ...problemsOf(404, 502, 504),
  },
});
const send = createRoute({
  method: 'post',
  path: '/xmtp/conversations/{id}/send',
  security: senders,
  operationId: 'sendToConversation',
  tags: ['conversations'],
  summary: 'Send a message into a conversation',
  request: {
    params,
    headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
    body: body(
      z
        .strictObject({
          ...sayingShape,
          replyTo: messageId.optional().meta({ description: 'Id of the message that this one answers.' }),
        })
        .meta({ id: 'ConversationSendRequest' }),
    ),
  },
  responses: {
    200: json(answeredSchema, 'The network has accepted the message.'),
    ...problems,
    ...problemsOf(404, 409, 502, 504),
  },
});
const read = createRoute({
  method: 'post',
  path: '/xmtp/conversations/{id}/read',
  security: senders,
  operationId: 'markConversationRead',
  tags: ['conversations'],
  summary: 'Mark a conversation as read, and send a read receipt',
  request: { params },
  responses: {
    200: json(
      z.object({
        ok: z.literal(true),
        conversationId: z.string(),
        marked: z.int().meta({ description: 'Messages that were unread.' }),
        receiptId: z
          .string()
          .nullable()
          .meta({ description: 'null when nothing was unread, or nobody is heard there.' }),
      }),
      'Nothing is unread; asking again changes nothing.',
    ),
    ...problems,
    ...problemsOf(404, 409, 502, 504),
  },
});

export function addConversationRoutes(app: OpenAPIHono<AppEnv>, { runtime, metrics }: Services): void {
  const conversations = createAgentConversations(() => runtime.requireAgent(), 'http');
  app.openapi(list, async (context) => {
    const { listed, ...asked } = context.req.valid('query');
    return context.json(await conversations.list({ ...asked, onlyKnown: listed === 'true' }), 200);
  });
  app.openapi(get, async (context) => context.json(await conversations.get(context.req.valid('param').id), 200));
  app.openapi(messages, async (context) => {
    const { format: asked, ...query } = context.req.valid('query');
    const found = await conversations.messages(context.req.valid('param').id, query);
    if (!wantsText(context, asked)) return context.json(found, 200);
    const [name, cursor] =
      query.order === 'asc' ? (['after', found.newest] as const) : (['before', found.oldest] as const);
    const next = found.more && cursor !== null ? { [name]: cursor } : null;
    return context.text(blocksOf(found.messages), 200, linkTo(context.req.url, next));
  });
  app.openapi(send, async (context) => {
    const { replyTo, ...said } = context.req.valid('json');
    const saying = readSaying(said);
    const options = {
      replyTo,
      idempotencyKey: context.req.valid('header')['idempotency-key'],
      signal: callerSignal(context),
    };
    const { id } = context.req.valid('param');
    return context.json(showAnswered(await countSend(metrics, () => conversations.send(id, saying, options))), 200);
  });
  app.openapi(read, async (context) => {
    const options = { signal: callerSignal(context) };
    return context.json(
      { ok: true as const, ...(await conversations.markRead(context.req.valid('param').id, options)) },
      200,
    );
  });
}
