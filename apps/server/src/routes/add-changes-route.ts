import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import { ServerError } from '../errors.ts';
import { callerSignal } from '../http/caller-signal.ts';
import { createChangeStream } from '../http/create-change-stream.ts';
import type { AppEnv } from '../http/types.ts';
import { describeStatus } from './describe-status.ts';
import { problems } from './schemas.ts';
import type { Services } from './services.ts';

const maxListeners = 32;

const route = createRoute({
  method: 'get',
  path: '/xmtp/changes',
  security: operators,
  operationId: 'streamChanges',
  tags: ['health'],
  summary: 'The status as server-sent events, at once and whenever it changes',
  responses: {
    200: {
      description:
        'The stream. The data of an event `change` has `status`, as GET /xmtp/status answers, and `marks`: positions of the newest message heard and sent, line of the audit log, and problem. One that has moved tells that there is more to read.',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...problems,
  },
});

/** What is the case, without what changes by itself. */
export function describeChange(services: Services) {
  const { runtime, problems: kept } = services;
  const mailbox = runtime.mailbox();
  return {
    status: { ...describeStatus(services), now: null },
    marks: {
      heard: mailbox?.inbox.lastSeq() ?? 0,
      sent: mailbox?.conversations.lastSent() ?? 0,
      audit: runtime.home()?.audit.recent().at(-1)?.seq ?? 0,
      problems: kept().at(-1)?.seq ?? 0,
    },
  };
}

export function addChangesRoute(app: OpenAPIHono<AppEnv>, services: Services): void {
  let listeners = 0;
  app.openapi(route, (context) => {
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
    if (context.req.method === 'HEAD') return new Response(null, { headers });
    if (listeners >= maxListeners) throw new ServerError({ code: 'TOO_MANY_LISTENERS', retryAfterSeconds: 10 });
    listeners += 1;
    const stream = createChangeStream({
      look: () => describeChange(services),
      signal: AbortSignal.any([callerSignal(context), services.runtime.closing]),
      onEnd: () => {
        listeners -= 1;
      },
    });
    return new Response(stream, { headers });
  });
}
