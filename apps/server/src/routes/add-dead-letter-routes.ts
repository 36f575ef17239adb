import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators, readers } from '../callers/audience-of.ts';
import type { AuditRecord } from '@xmtp-messaging/agent';
import { ServerError } from '../errors.ts';
import { callerSignal } from '../http/caller-signal.ts';
import { readPage } from '../http/read-page.ts';
import type { AppEnv } from '../http/types.ts';
import { requireMessage } from './require-message.ts';
import { json, messageId, messagePageSchema, problems, problemsOf, senderKind, whole } from './schemas.ts';
import type { Services } from './services.ts';

const done = json(z.object({ ok: z.literal(true), id: z.string() }), 'Done.');
const params = z.object({ id: messageId });

const list = createRoute({
  method: 'get',
  path: '/xmtp/dead',
  security: operators,
  operationId: 'listDeadLetters',
  tags: ['delivery'],
  summary: 'Messages that could not be delivered',
  request: {
    query: z.object({
      after: whole(0, Number.MAX_SAFE_INTEGER, 0),
      before: whole(0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      limit: whole(1, 1000, 100),
      order: z.enum(['asc', 'desc']).default('asc').meta({ description: 'desc: newest first, from `before` on.' }),
      sender: senderKind,
    }),
  },
  responses: {
    200: json(messagePageSchema, 'Dead letters, and the next cursor.'),
    ...problems,
  },
});
const replay = createRoute({
  method: 'post',
  path: '/xmtp/dead/{id}/replay',
  security: operators,
  operationId: 'replayDeadLetter',
  tags: ['delivery'],
  summary: 'Deliver a dead letter again',
  request: { params },
  responses: { 200: done, ...problems, ...problemsOf(404, 409) },
});
const discard = createRoute({
  method: 'delete',
  path: '/xmtp/dead/{id}',
  security: operators,
  operationId: 'discardDeadLetter',
  tags: ['delivery'],
  summary: 'Give a dead letter up',
  request: { params },
  responses: { 200: done, ...problems, ...problemsOf(404, 409) },
});

const replayAll = createRoute({
  method: 'post',
  path: '/xmtp/dead/replay',
  security: operators,
  operationId: 'replayDeadLetters',
  tags: ['delivery'],
  summary: 'Deliver the oldest dead letters again, at most 1,000',
  responses: { 200: json(z.object({ ok: z.literal(true), replayed: z.int() }), 'Done.'), ...problems },
});
const retry = createRoute({
  method: 'post',
  path: '/xmtp/delivery/retry',
  security: readers,
  operationId: 'retryDelivery',
  tags: ['delivery'],
  summary: 'Try now what waits for a later attempt, also after the agent answered 410',
  responses: {
    200: json(z.object({ ok: z.literal(true), woken: z.int() }), 'How many messages no longer wait.'),
    ...problems,
  },
});

export function addDeadLetterRoutes(app: OpenAPIHono<AppEnv>, services: Services): void {
  const { runtime, loopGuard } = services;
  const audit = (record: Omit<AuditRecord, 'by'>) => runtime.requireHome().audit.record({ by: 'operator', ...record });
  app.openapi(retry, (context) => {
    const { mailbox } = runtime.requireAgent();
    return context.json({ ok: true as const, woken: services.retryDelivery() ?? mailbox.inbox.wakeAll() }, 200);
  });
  app.openapi(replayAll, async (context) => {
    const { inbox } = runtime.requireAgent().mailbox;
    const limit = 1000;
    for (const { conversationId } of await inbox.list({ limit, states: ['dead'] })) loopGuard.forgive(conversationId);
    const replayed = inbox.replayAll({ limit });
    audit({ action: 'replayed', count: replayed });
    return context.json({ ok: true as const, replayed }, 200);
  });
  app.openapi(list, async (context) => {
    const { after, limit, before, order, sender } = context.req.valid('query');
    const { home, mailbox } = runtime.requireAgent();
    const { inbox } = mailbox;
    const signal = callerSignal(context);
    return context.json(
      await readPage({
        inbox,
        view: home.view,
        after,
        limit,
        filter: { states: ['dead'], before, order, sender },
        signal,
      }),
      200,
    );
  });
  app.openapi(replay, async (context) => {
    const { id } = context.req.valid('param');
    const { mailbox } = runtime.requireAgent();
    const { state, conversationId } = await requireMessage(mailbox, id);
    // What the operator wants delivered is not held back again.
    if (state === 'dead') loopGuard.forgive(conversationId);
    if (!mailbox.inbox.replay(id)) throw notDead();
    audit({ action: 'replayed', id });
    return context.json({ ok: true as const, id }, 200);
  });
  app.openapi(discard, async (context) => {
    const { id } = context.req.valid('param');
    const { mailbox } = runtime.requireAgent();
    await requireMessage(mailbox, id);
    if (!mailbox.inbox.discard(id)) throw notDead();
    audit({ action: 'discarded', id });
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
