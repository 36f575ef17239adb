import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import type { AppEnv } from '../http/types.ts';
import { json, problems, whole } from './schemas.ts';
import type { Services } from './services.ts';

const knock = z
  .object({
    kind: z.enum(['message', 'invitation']).meta({ description: 'invitation: a group that is not listened to.' }),
    inboxId: z.string().nullable().meta({ description: 'Who wrote; null for a group.' }),
    addresses: z.array(z.string()).meta({ description: 'Of the sender, or of the others in the group.' }),
    conversationId: z.string().nullable().meta({ description: 'The group; null for a sender.' }),
    reason: z.string(),
    count: z.int().meta({ description: 'Messages that were seen.' }),
    atLeast: z.boolean().meta({ description: 'There may be more that were never fetched.' }),
    firstAt: z.string().nullable(),
    lastAt: z.string().nullable(),
  })
  .meta({ id: 'Knock', description: 'Who wants to be heard. What was said is not known here.' });

const route = createRoute({
  method: 'get',
  path: '/xmtp/knocks',
  security: operators,
  summary: 'Strangers who wrote, and groups in which nobody may be heard',
  request: { query: z.object({ limit: whole(1, 1000, 100) }) },
  responses: { 200: json(z.object({ knocks: z.array(knock) }), 'Newest first.'), ...problems },
});

export function addKnocksRoute(app: OpenAPIHono<AppEnv>, { runtime }: Services): void {
  const time = (at: number) => (at === 0 ? null : new Date(at).toISOString());
  app.openapi(route, async (context) => {
    const { mailbox } = runtime.requireAgent();
    const found = await mailbox.inbox.knocks({ limit: context.req.valid('query').limit });
    const knocks = found.map(({ senderInboxId, addresses, firstAt, lastAt, ...facts }) => ({
      ...facts,
      inboxId: senderInboxId,
      addresses: addresses.map((address) => toChecksumAddress(address)),
      firstAt: time(firstAt),
      lastAt: time(lastAt),
    }));
    return context.json({ knocks }, 200);
  });
}
