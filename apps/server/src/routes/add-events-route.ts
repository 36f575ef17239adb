import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readers } from '../callers/audience-of.ts';
import { ServerError } from '../errors.ts';
import { createEventStream } from '../http/create-event-stream.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { problems, whole } from './schemas.ts';
import type { Services } from './services.ts';

const maxListeners = 32;

const route = createRoute({
  method: 'get',
  path: '/xmtp/events',
  security: readers,
  operationId: 'streamEvents',
  tags: ['messages'],
  summary: 'Accepted messages as server-sent events',
  description:
    'The id of an event is the seq of its message. Starts behind Last-Event-ID, else behind `after`, else with the oldest message that is not acknowledged.',
  request: {
    query: z.object({
      after: whole(0, Number.MAX_SAFE_INTEGER, -1),
      format: z
        .enum(['json', 'text'])
        .default('json')
        .meta({ description: 'text: the data of an event is the bare block.' }),
    }),
    headers: z.object({
      'last-event-id': z
        .string()
        .regex(/^\d{0,15}$/u, 'must be the id of an event')
        .optional(),
    }),
  },
  responses: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems,
  },
});

export function addEventsRoute(app: OpenAPIHono<AppEnv>, { runtime }: Services): void {
  let listeners = 0;
  app.openapi(route, async (context) => {
    const { home, mailbox } = runtime.requireAgent();
    if (listeners >= maxListeners) {
      throw new ServerError({
        code: 'TOO_MANY_LISTENERS',
        shortMessage: `${maxListeners} listeners are connected already.`,
        retryable: true,
        retryAfterSeconds: 10,
      });
    }
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
    // Hono answers HEAD by the route of GET and leaves the body unread, which would hold a place.
    if (context.req.method === 'HEAD') return new Response(null, { headers });
    // An `EventSource` that was told an empty id sends one; it has heard nothing yet.
    const last = context.req.valid('header')['last-event-id'] || undefined;
    const asked = last === undefined ? context.req.valid('query').after : Number(last);
    const oldest = asked >= 0 ? [] : await mailbox.inbox.list({ after: 0, limit: 1, states: ['pending'] });
    const head = mailbox.inbox.lastSeq();
    // A position beyond the end belongs to a journal that is gone; waiting for it would be waiting for nothing.
    const after = asked >= 0 ? Math.min(asked, head) : (oldest[0]?.seq ?? head + 1) - 1;
    listeners += 1;
    const stream = createEventStream({
      inbox: mailbox.inbox,
      view: home.view,
      asText: context.req.valid('query').format === 'text',
      after,
      signal: AbortSignal.any([callerSignal(context), runtime.closing]),
      onEnd: () => {
        listeners -= 1;
      },
      onStall: () => context.env?.outgoing?.destroy(),
    });
    return new Response(stream, { headers });
  });
}
