import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import type { AppEnv } from '../http/types.ts';
import { json, problems, whole } from './schemas.ts';
import type { Services } from './services.ts';

const hourMs = 3_600_000;
const hour = z
  .object({
    at: z.string().meta({ description: 'When the hour began.' }),
    in: z.int().meta({ description: 'Messages that were heard.' }),
    out: z.int().meta({ description: 'Messages that the network accepted.' }),
    dropped: z.int(),
  })
  .meta({ id: 'Hour' });

const activity = createRoute({
  method: 'get',
  path: '/xmtp/activity',
  security: operators,
  operationId: 'getActivity',
  tags: ['health'],
  summary: 'How many messages were heard, sent and dropped in each hour',
  request: { query: z.object({ hours: whole(1, 1000, 24) }) },
  responses: {
    200: json(z.object({ hours: z.array(hour) }), 'Every hour up to the one that runs, oldest first.'),
    ...problems,
  },
});
const outbox = createRoute({
  method: 'get',
  path: '/xmtp/outbox',
  security: operators,
  operationId: 'listUnsettledSends',
  tags: ['delivery'],
  summary: 'Sends that are neither accepted by the network nor given up',
  request: { query: z.object({ limit: whole(1, 1000, 100) }) },
  responses: {
    200: json(
      z.object({
        sends: z.array(
          z.object({
            seq: z.int(),
            messageId: z.string().nullable().meta({ description: '`null` before it is stored.' }),
            conversationId: z.string(),
            createdAt: z.string(),
          }),
        ),
      }),
      'Oldest first. Each is tried until it succeeds or never can.',
    ),
    ...problems,
  },
});
const recent = createRoute({
  method: 'get',
  path: '/xmtp/problems',
  security: operators,
  operationId: 'listProblems',
  tags: ['health'],
  summary: 'The last warnings and errors of the log',
  responses: {
    200: json(
      z.object({
        problems: z.array(
          z
            .object({
              seq: z.int(),
              at: z.string(),
              level: z.enum(['warn', 'error']),
              event: z.string(),
              code: z.string().nullable(),
              detail: z.string().nullable(),
            })
            .meta({ id: 'LoggedProblem' }),
        ),
      }),
      'Newest first, since the start, at most 100.',
    ),
    ...problems,
  },
});

/** What a log and a dashboard would tell, for whoever has neither. */
export function addActivityRoutes(app: OpenAPIHono<AppEnv>, services: Services): void {
  const { runtime, now } = services;
  const iso = (time: number) => new Date(time).toISOString();
  app.openapi(activity, (context) => {
    const { hours } = context.req.valid('query');
    const first = Math.floor(now() / hourMs) - hours + 1;
    const known = new Map(
      runtime
        .requireAgent()
        .mailbox.conversations.hours(first * hourMs)
        .map((row) => [row.at, row]),
    );
    const all = Array.from({ length: hours }, (_, index) => {
      const at = (first + index) * hourMs;
      const { in: heard, out, dropped } = known.get(at) ?? { in: 0, out: 0, dropped: 0 };
      return { at: iso(at), in: heard, out, dropped };
    });
    return context.json({ hours: all }, 200);
  });
  app.openapi(outbox, (context) => {
    const { conversations } = runtime.requireAgent().mailbox;
    const sends = conversations.unsettled(context.req.valid('query'));
    return context.json({ sends: sends.map((send) => ({ ...send, createdAt: iso(send.createdAt) })) }, 200);
  });
  app.openapi(recent, (context) =>
    context.json(
      {
        problems: services
          .problems()
          .map((one) => ({ ...one, at: iso(one.at) }))
          .toReversed(),
      },
      200,
    ),
  );
}
