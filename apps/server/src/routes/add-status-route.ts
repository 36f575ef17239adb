import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { everyCaller } from '../callers/audience-of.ts';
import type { AppEnv } from '../http/types.ts';
import { describeStatus } from './describe-status.ts';
import { json, problems } from './schemas.ts';
import type { Services } from './services.ts';
import { statusSchema } from './status-schema.ts';

const route = createRoute({
  method: 'get',
  path: '/xmtp/status',
  security: everyCaller,
  operationId: 'getStatus',
  tags: ['health'],
  summary: 'Whether the mailbox is connected, and everything about its health',
  responses: { 200: json(statusSchema, 'The truth, as far as it is known here.'), ...problems },
});

export function addStatusRoute(app: OpenAPIHono<AppEnv>, services: Services): void {
  app.openapi(route, (context) => context.json(describeStatus(services), 200));
}
