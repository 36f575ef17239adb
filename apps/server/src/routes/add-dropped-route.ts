import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import type { AppEnv } from '../http/types.ts';
import { json, placeInList as after, nextPlace as next, problems, whole } from './schemas.ts';
import type { Services } from './services.ts';

const droppedSender = z
  .object({
    inboxId: z.string(),
    addresses: z.array(z.string()),
    listed: z.boolean().meta({ description: 'Whether it is somebody on the allowlist.' }),
    reason: z.string(),
    count: z.int(),
    atLeast: z.boolean().meta({ description: 'There may be more that were never fetched.' }),
    firstAt: z.string(),
    lastAt: z.string(),
  })
  .meta({ id: 'DroppedSender', description: 'A sender who was turned away. What was said is not known here.' });

const route = createRoute({
  method: 'get',
  path: '/xmtp/dropped',
  security: operators,
  operationId: 'listDropped',
  tags: ['trust'],
  summary: 'Who was turned away, how often and why',
  request: {
    query: z.object({
      limit: whole(1, 1000, 100),
      after: after,
      listed: z
        .enum(['true', 'false'])
        .optional()
        .meta({ description: 'Of people on the allowlist, or of others alone.' }),
    }),
  },
  responses: {
    200: json(
      z.object({ dropped: z.array(droppedSender), next }),
      'Those on the allowlist first, the newest of each kind. What strangers fill it with is forgotten before what others do.',
    ),
    ...problems,
  },
});

export function addDroppedRoute(app: OpenAPIHono<AppEnv>, { runtime }: Services): void {
  app.openapi(route, (context) => {
    const { mailbox } = runtime.requireAgent();
    const { listed, ...range } = context.req.valid('query');
    const whose = listed === undefined ? undefined : listed === 'true' ? 'known' : 'stranger';
    const page = mailbox.inbox.droppedPage({ ...range, whose });
    const dropped = page.dropped.map((row) => ({
      inboxId: row.senderInboxId,
      addresses: row.senderAddresses.map((address) => toChecksumAddress(address)),
      listed: !row.isStranger,
      reason: row.reason,
      count: row.count,
      atLeast: row.atLeast,
      firstAt: new Date(row.firstAt).toISOString(),
      lastAt: new Date(row.lastAt).toISOString(),
    }));
    return context.json({ dropped, next: page.next }, 200);
  });
}
