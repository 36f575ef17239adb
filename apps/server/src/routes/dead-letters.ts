import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { ServerError } from '../errors.ts';
import type { AppEnv } from '../http/types.ts';
import { requireMessage } from './require-message.ts';
import { json, messageId, messageSchema, problems, whole } from './schemas.ts';
import type { Services } from './services.ts';

const done = json(z.object({ ok: z.literal(true), id: z.string() }), 'Done.');
const params = z.object({ id: messageId });

const list = createRoute({
  method: 'get',
  path: '/xmtp/dead',
  summary: 'Messages that could not be delivered',
  request: { query: z.object({ after: whole(0, Number.MAX_SAFE_INTEGER, 0), limit: whole(1, 1000, 100) }) },
  responses: {
    200: json(z.object({ messages: z.array(messageSchema), cursor: z.int() }), 'Dead letters.'),
    ...problems,
  },
});
const replay = createRoute({
  method: 'post',
  path: '/xmtp/dead/{id}/replay',
  summary: 'Deliver a dead letter again',
  request: { params },
  responses: { 200: done, ...problems },
});
const discard = createRoute({
  method: 'delete',
  path: '/xmtp/dead/{id}',
  summary: 'Give a dead letter up',
  request: { params },
  responses: { 200: done, ...problems },
});

export function addDeadLetterRoutes(app: OpenAPIHono<AppEnv>, { runtime }: Services): void {
  app.openapi(list, async (context) => {
    const { after, limit } = context.req.valid('query');
    const { home, mailbox } = runtime.requireAgent();
    const messages = await mailbox.inbox.list({ after, limit, states: ['dead'] });
    return context.json({ messages: messages.map(home.view), cursor: messages.at(-1)?.seq ?? after }, 200);
  });
  app.openapi(replay, async (context) => {
    const { id } = context.req.valid('param');
    const { mailbox } = runtime.requireAgent();
    await requireMessage(mailbox, id);
    if (!mailbox.inbox.replay(id)) throw notDead();
    return context.json({ ok: true as const, id }, 200);
  });
  app.openapi(discard, async (context) => {
    const { id } = context.req.valid('param');
    const { mailbox } = runtime.requireAgent();
    await requireMessage(mailbox, id);
    if (!mailbox.inbox.discard(id)) throw notDead();
    return context.json({ ok: true as const, id }, 200);
  });
}

function notDead(): ServerError {
  return new ServerError({
    code: 'MESSAGE_STATE',
    shortMessage: 'This message is not a dead letter.',
    metaMessages: ['GET /xmtp/dead lists them.'],
  });
}
