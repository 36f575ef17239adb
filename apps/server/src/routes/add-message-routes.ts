import { readMessage } from '@xmtp-messaging/agent';
import { ServerError } from '../errors.ts';
import { createElapsedClock } from '@xmtp-messaging/errors';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readers } from '../callers/audience-of.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { blocksOf, linkTo, wantsText } from '../http/wants-text.ts';
import { readPage, walkPage } from '../http/read-page.ts';
import { waitForMessage } from '../http/wait-for-message.ts';
import { sentMessageDetailSchema, sentPageSchema } from './conversation-schemas.ts';
import { findSender } from './find-sender.ts';
import { requireMessage } from './require-message.ts';
import {
  conversationId,
  format,
  json,
  jsonOrText,
  messageDetailSchema,
  messageId,
  messagePageSchema,
  problems,
  problemsOf,
  senderKind,
  stateNames,
  whole,
} from './schemas.ts';
import type { Services } from './services.ts';

const maxWaitSeconds = 60;

const list = createRoute({
  method: 'get',
  path: '/xmtp/messages',
  security: readers,
  operationId: 'listMessages',
  tags: ['messages'],
  summary: 'Accepted messages, or what was sent, in the order of the journal, optionally waiting for the next one',
  request: {
    query: z.object({
      after: whole(0, Number.MAX_SAFE_INTEGER, 0).meta({ description: 'Cursor: the seq of the last message seen.' }),
      before: whole(0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).meta({
        description: 'Cursor of the order desc: only what came before the message with this seq.',
      }),
      limit: whole(1, 1000, 100),
      wait: whole(0, maxWaitSeconds, 0).meta({ description: 'Seconds to wait while there is nothing.' }),
      state: z.enum(stateNames).optional(),
      conversation: conversationId.optional(),
      from: z
        .string()
        .min(1)
        .max(255)
        .optional()
        .meta({ description: 'ENS name, 0x address or inbox id of a sender.' }),
      sender: senderKind,
      direction: z.enum(['in', 'out']).default('in').meta({
        description: 'in: what was accepted. out: what this agent sent; takes no `wait`, `state`, `sender` and `from`.',
      }),
      order: z.enum(['asc', 'desc']).default('asc').meta({ description: 'desc: newest first. Does not wait.' }),
      format,
    }),
  },
  responses: {
    200: jsonOrText(z.union([messagePageSchema, sentPageSchema]), 'Messages, and the next cursor.'),
    ...problems,
    ...problemsOf(404, 502, 504),
  },
});

const get = createRoute({
  method: 'get',
  path: '/xmtp/messages/{id}',
  security: readers,
  operationId: 'getMessage',
  tags: ['messages'],
  summary: 'One message, heard or sent, with the reactions to it',
  request: { params: z.object({ id: messageId }), query: z.object({ format }) },
  responses: {
    200: jsonOrText(z.union([messageDetailSchema, sentMessageDetailSchema]), 'The message.'),
    ...problems,
    ...problemsOf(404),
  },
});

const ack = createRoute({
  method: 'post',
  path: '/xmtp/messages/{id}/ack',
  security: readers,
  operationId: 'acknowledgeMessage',
  tags: ['messages'],
  summary: 'Mark a message as delivered',
  request: { params: z.object({ id: messageId }) },
  responses: {
    200: json(z.object({ ok: z.literal(true), id: z.string() }), 'It is delivered; asking again changes nothing.'),
    ...problems,
    ...problemsOf(404, 409),
  },
});

export function addMessageRoutes(app: OpenAPIHono<AppEnv>, services: Services): void {
  const { runtime, resolver } = services;
  const elapsed = createElapsedClock(services.now);
  app.openapi(list, async (context) => {
    const { after, before, limit, wait, state, conversation, sender, from, order, ...how } = context.req.valid('query');
    const { direction, format: asked } = how;
    const { home, mailbox } = runtime.requireAgent();
    const signal = AbortSignal.any([callerSignal(context), runtime.closing]);
    const linkOf = (cursor: number) =>
      linkTo(context.req.url, { [order === 'asc' ? 'after' : 'before']: String(cursor) });
    if (direction === 'out') {
      if (wait > 0 || state !== undefined || sender !== undefined || from !== undefined) {
        const metaMessages = ['What was sent is not waited for, and has neither state nor sender.'];
        throw new ServerError({ code: 'INVALID_REQUEST', metaMessages });
      }
      const page = await walkPage({
        list: (range) => mailbox.conversations.sent({ ...range, order, conversationId: conversation }),
        view: (message) => ({ ...home.conversationView.sent(message), seq: message.seq }),
        after,
        before,
        order,
        limit,
        signal,
      });
      if (!wantsText(context, asked)) return context.json(page, 200);
      return context.text(blocksOf(page.messages), 200, linkOf(page.cursor));
    }
    // A position beyond the end belongs to a journal that is gone; waiting for it would be waiting for nothing.
    const start = Math.min(after, mailbox.inbox.lastSeq());
    const end = elapsed() + wait * 1000;
    const filter = {
      before,
      order,
      states: state === undefined ? undefined : [state],
      conversationId: conversation,
      sender,
      from: from === undefined ? undefined : await findSender(from, { home, resolver, signal }),
    };
    for (;;) {
      const head = mailbox.inbox.lastSeq();
      const page = await readPage({ inbox: mailbox.inbox, view: home.view, after: start, limit, filter, signal });
      if (page.messages.length > 0 || order === 'desc' || elapsed() >= end || signal.aborted) {
        if (!wantsText(context, asked)) return context.json(page, 200);
        return context.text(blocksOf(page.messages), 200, linkOf(page.cursor));
      }
      await waitForMessage(mailbox.inbox, { after: Math.max(start, head), timeoutMs: end - elapsed(), signal });
    }
  });
  app.openapi(get, async (context) => {
    const message = await readMessage(runtime.requireAgent(), context.req.valid('param').id);
    if (message === null) throw new ServerError({ code: 'MESSAGE_NOT_FOUND' });
    if (!wantsText(context, context.req.valid('query').format)) return context.json(message, 200);
    return context.text(blocksOf([message]), 200);
  });
  app.openapi(ack, async (context) => {
    const { id } = context.req.valid('param');
    const { mailbox } = runtime.requireAgent();
    const { state } = await requireMessage(mailbox, id);
    // What became of a dead letter is seen and decided by the operator.
    if (state === 'dead' && context.get('caller')?.kind !== 'operator') throw deadLetter();
    mailbox.inbox.ack(id);
    return context.json({ ok: true as const, id }, 200);
  });
}

const deadLetter = () =>
  new ServerError({
    code: 'MESSAGE_STATE',
    shortMessage: 'This message is a dead letter.',
    metaMessages: ['Its operator has it delivered again, or discards it.'],
  });
