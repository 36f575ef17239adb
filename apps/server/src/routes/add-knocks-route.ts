import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import type { AppEnv } from '../http/types.ts';
import { acceptInvitation, refuseInvitation } from '@xmtp-messaging/agent';
import { groupSchema } from './group-schemas.ts';
import { body, conversationId, json, nextPlace, placeInList, problems, problemsOf, whole } from './schemas.ts';
import type { Services } from './services.ts';

const knock = z
  .object({
    kind: z.enum(['message', 'invitation']).meta({ description: 'invitation: a group that is not listened to.' }),
    inboxId: z
      .string()
      .nullable()
      .meta({ description: 'Who wrote, or who added the agent to the group; null when that is not known.' }),
    addresses: z.array(z.string()).meta({ description: 'Of the sender, or of the others in the group.' }),
    invitedBy: z.array(z.string()).meta({ description: 'Of a group: the addresses of who added the agent.' }),
    listed: z.boolean().meta({ description: 'Whether that is somebody on the allowlist.' }),
    decided: z.enum(['allowed', 'denied']).nullable().meta({
      description: 'What the lists say by now of a sender who was not heard then; null when they say nothing.',
    }),
    groups: z
      .int()
      .meta({ description: 'Groups of that inviter that this line stands for: `from` lists them. 0 for a sender.' }),
    conversationId: z.string().nullable().meta({ description: 'The group, the newest of them; null for a sender.' }),
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
  operationId: 'listKnocks',
  tags: ['trust'],
  summary: 'Strangers who wrote, and groups in which nobody may be heard',
  request: {
    query: z.object({
      limit: whole(1, 1000, 100),
      after: placeInList,
      from: z
        .string()
        .regex(/^[0-9a-f]{64}$/u, 'must be the id of an inbox')
        .optional()
        .meta({ description: 'Of one inbox: what it wrote, and each group that it added the agent to.' }),
    }),
  },
  responses: {
    200: json(
      z.object({
        knocks: z.array(knock),
        next: nextPlace,
        total: z
          .object({ senders: z.int(), groups: z.int() })
          .meta({ description: 'Strangers who wrote, and groups that are not listened to, on all pages together.' }),
      }),
      'Groups of people on the allowlist first, then the newest; of a stranger one line for all of his groups.',
    ),
    ...problems,
  },
});

const params = z.object({ id: conversationId });
const accept = createRoute({
  method: 'post',
  path: '/xmtp/knocks/{id}/accept',
  security: operators,
  operationId: 'acceptInvitation',
  tags: ['trust'],
  summary: 'Accept to be in a group: it is listed; who is heard there stays with the allowlist',
  request: {
    params,
    body: body(z.strictObject({ label: z.string().min(1).max(255).optional() }).meta({ id: 'AcceptInvitation' })),
  },
  responses: {
    200: json(groupSchema, 'The group, listened to from now on.'),
    ...problems,
    ...problemsOf(404, 409, 502, 504),
  },
});
const refuse = createRoute({
  method: 'post',
  path: '/xmtp/knocks/{id}/refuse',
  security: operators,
  operationId: 'refuseInvitation',
  tags: ['trust'],
  summary: 'Refuse to be in a group: nothing of it is listened to, and the agent asks to leave it',
  request: { params, body: body(z.strictObject({})) },
  responses: {
    200: json(
      z.object({
        ok: z.literal(true),
        leave: z
          .enum(['asked', 'not-a-member', 'not-possible'])
          .meta({ description: 'asked: its members see that, and an admin completes it.' }),
      }),
      'Nothing of it is heard until it is accepted.',
    ),
    ...problems,
    ...problemsOf(404, 409, 502, 504),
  },
});

export function addKnocksRoute(app: OpenAPIHono<AppEnv>, { runtime }: Services): void {
  const time = (at: number) => (at === 0 ? null : new Date(at).toISOString());
  app.openapi(route, async (context) => {
    const { home, mailbox } = runtime.requireAgent();
    const decidedOf = (kind: string, addresses: readonly string[]) => {
      if (kind !== 'message') return null;
      if (addresses.some((address) => home.denylist.has(address))) return 'denied' as const;
      return addresses.some((address) => home.allowlist.has(address)) ? ('allowed' as const) : null;
    };
    const { knocks: found, ...page } = await mailbox.inbox.knocks(context.req.valid('query'));
    const knocks = found.map(({ senderInboxId, addresses, invitedBy, isKnown, firstAt, lastAt, ...facts }) => ({
      ...facts,
      inboxId: senderInboxId,
      addresses: addresses.map((address) => toChecksumAddress(address)),
      invitedBy: invitedBy.map((address) => toChecksumAddress(address)),
      listed: isKnown,
      decided: decidedOf(facts.kind, addresses),
      firstAt: time(firstAt),
      lastAt: time(lastAt),
    }));
    return context.json({ knocks, ...page }, 200);
  });
  app.openapi(accept, async (context) => {
    const { id } = context.req.valid('param');
    const { label } = context.req.valid('json');
    const parts = runtime.requireAgent();
    const group = await acceptInvitation({ ...parts, conversationId: id, label, by: 'operator' });
    return context.json(parts.home.groupView(group), 200);
  });
  app.openapi(refuse, async (context) => {
    const { id } = context.req.valid('param');
    const done = await refuseInvitation({ ...runtime.requireAgent(), conversationId: id, by: 'operator' });
    return context.json({ ok: true as const, ...done }, 200);
  });
}
