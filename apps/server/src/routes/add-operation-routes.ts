import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { everyCaller, operators } from '../callers/audience-of.ts';
import { ServerError } from '../errors.ts';
import type { AppEnv } from '../http/types.ts';
import { describeStatus } from './describe-status.ts';
import { json, problems } from './schemas.ts';
import type { Services } from './services.ts';

const alive = createRoute({
  method: 'get',
  path: '/healthz',
  security: [],
  operationId: 'getHealth',
  tags: ['health'],
  summary: 'Whether the process answers',
  responses: { 200: json(z.object({ ok: z.literal(true) }), 'It does.') },
});
const ready = createRoute({
  method: 'get',
  path: '/readyz',
  security: [],
  operationId: 'getReadiness',
  tags: ['health'],
  summary: 'Whether messages can be sent and received',
  responses: { 200: json(z.object({ ok: z.literal(true) }), 'They can.'), ...problems },
});
const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  security: operators,
  operationId: 'getMetrics',
  tags: ['health'],
  summary: 'Metrics in the Prometheus text format',
  responses: { 200: { description: 'Metrics.', content: { 'text/plain': { schema: z.string() } } }, ...problems },
});
const restap = createRoute({
  method: 'get',
  path: '/.well-known/restap.json',
  security: everyCaller,
  operationId: 'getCatalog',
  tags: ['agent'],
  summary: 'What REST-AP clients can find here',
  responses: { 200: json(z.looseObject({ name: z.string() }), 'The catalog.'), ...problems },
});

/** Paths that answer without a token: they tell nothing but whether the process lives. */
export const openPaths: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

export function addOperationRoutes(app: OpenAPIHono<AppEnv>, services: Services): void {
  app.openapi(alive, (context) => context.json({ ok: true as const }, 200));
  app.openapi(ready, (context) => {
    if (describeStatus(services).connected) return context.json({ ok: true as const }, 200);
    // Not why: whoever asks has shown no token.
    throw new ServerError({ code: 'NOT_READY' });
  });
  app.openapi(metrics, async (context) => {
    const { text, type } = await services.metrics.render();
    return context.text(text, 200, { 'content-type': type });
  });
  app.openapi(restap, (context) => context.json(catalog(services.version), 200));
}

/** XMTP stands beside REST-AP: the agent itself offers `/talk` and `/news`, this server only its mailbox. */
function catalog(version: string) {
  return {
    restap_version: '1.0',
    name: 'xmtp-messaging',
    version,
    service_type: 'xmtp-mailbox',
    agent: {
      name: 'xmtp-messaging',
      description: 'The encrypted mailbox of an agent: sends to and hears from people and agents elsewhere.',
    },
    endpoints: {
      send: '/xmtp/send',
      status: '/xmtp/status',
      messages: '/xmtp/messages',
      events: '/xmtp/events',
      prompt: '/xmtp/prompt',
      openapi: '/openapi.json',
    },
    capabilities: [
      {
        id: 'xmtp-send',
        title: 'Send an encrypted message to an ENS name or address',
        method: 'POST',
        endpoint: '/xmtp/send',
      },
      { id: 'xmtp-status', title: 'Whether the mailbox is connected', method: 'GET', endpoint: '/xmtp/status' },
      { id: 'xmtp-messages', title: 'Messages that were received', method: 'GET', endpoint: '/xmtp/messages' },
    ],
  };
}
