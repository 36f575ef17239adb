import { showGroup } from '@xmtp-messaging/agent';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readers, senders } from '../callers/audience-of.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { body, conversationId, idempotencyKey, json, messageText, problems, problemsOf } from './schemas.ts';
import type { Services } from './services.ts';

const params = z.object({ id: conversationId });
const person = z.string().min(1).max(255).meta({ description: 'Name or address.' });
const people = z.array(person).min(1).max(249);
const title = messageText.refine((text) => text.length <= 100, 'must have at most 100 characters');
const description = messageText.refine((text) => text.length <= 1000, 'must have at most 1,000 characters');
/** A group and who is in it. */
export const groupSchema = z
  .object({
    conversationId: z.string(),
    title: z.string().meta({ description: 'Members may have chosen it. Cleaned.' }),
    description: z.string(),
    members: z.array(
      z.object({
        address: z.string().nullable(),
        inboxId: z.string(),
        name: z.string().nullable().meta({ description: 'Of the allowlist.' }),
        listed: z.boolean(),
        role: z.enum(['member', 'admin', 'super-admin']),
        self: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Group' });
const answer = { 200: json(groupSchema, 'The group as it is now.'), ...problems, ...problemsOf(404, 409, 502, 504) };

const create = createRoute({
  method: 'post',
  path: '/xmtp/groups',
  security: senders,
  operationId: 'createGroup',
  tags: ['groups'],
  summary: 'Make a group',
  request: {
    headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
    body: body(
      z
        .strictObject({
          members: people,
          title: title.optional(),
          description: description.optional(),
          permissions: z.enum(['members', 'admins']).optional(),
        })
        .meta({ id: 'NewGroup' }),
    ),
  },
  responses: {
    200: json(groupSchema.extend({ replayed: z.boolean() }), 'The group.'),
    ...problems,
    ...problemsOf(404, 409, 502, 504),
  },
});
const get = createRoute({
  method: 'get',
  path: '/xmtp/groups/{id}',
  security: readers,
  operationId: 'getGroup',
  tags: ['groups'],
  summary: 'A group and who is in it',
  request: { params },
  responses: answer,
});
const update = createRoute({
  method: 'patch',
  path: '/xmtp/groups/{id}',
  security: senders,
  operationId: 'updateGroup',
  tags: ['groups'],
  summary: 'Change the title or the description of a group',
  request: { params, body: body(z.strictObject({ title: title.optional(), description: description.optional() })) },
  responses: answer,
});
const add = createRoute({
  method: 'post',
  path: '/xmtp/groups/{id}/members',
  security: senders,
  operationId: 'addGroupMembers',
  tags: ['groups'],
  summary: 'Add somebody to a group',
  request: { params, body: body(z.strictObject({ members: people })) },
  responses: answer,
});
const member = params.extend({ member: person });
const remove = createRoute({
  method: 'delete',
  path: '/xmtp/groups/{id}/members/{member}',
  security: senders,
  operationId: 'removeGroupMember',
  tags: ['groups'],
  summary: 'Take somebody out of a group',
  request: { params: member },
  responses: answer,
});
const setRole = createRoute({
  method: 'put',
  path: '/xmtp/groups/{id}/members/{member}',
  security: senders,
  operationId: 'setGroupMemberRole',
  tags: ['groups'],
  summary: 'Make somebody an admin of a group, or a mere member again',
  request: { params: member, body: body(z.strictObject({ role: z.enum(['member', 'admin']) })) },
  responses: answer,
});
const leave = createRoute({
  method: 'post',
  path: '/xmtp/groups/{id}/leave',
  security: senders,
  operationId: 'leaveGroup',
  tags: ['groups'],
  summary: 'Leave a group',
  request: { params, body: body(z.strictObject({})) },
  responses: {
    200: json(z.object({ ok: z.literal(true) }), 'It was asked for; an admin of the group completes it.'),
    ...problems,
    ...problemsOf(404, 409, 502, 504),
  },
});

/** Making and changing groups. Whom the agent hears there stays with the lists. */
export function addGroupRoutes(app: OpenAPIHono<AppEnv>, { runtime, resolver }: Services): void {
  const groups = () => runtime.requireAgent().mailbox.groups;
  const show = (group: Parameters<typeof showGroup>[0]) => showGroup(group, runtime.requireHome());
  const addressesOf = async (names: readonly string[], signal: AbortSignal) =>
    await Promise.all(names.map(async (name) => (await resolver.resolve(name, { signal })).address));

  app.openapi(create, async (context) => {
    const { members, ...facts } = context.req.valid('json');
    const key = context.req.valid('header')['idempotency-key'];
    const { replayed, ...group } = await groups().create({
      ...facts,
      members: await addressesOf(members, callerSignal(context)),
      idempotencyKey: key,
    });
    return context.json({ ...show(group), replayed }, 200);
  });
  app.openapi(get, async (context) => context.json(show(await groups().get(context.req.valid('param').id)), 200));
  app.openapi(update, async (context) =>
    context.json(show(await groups().update(context.req.valid('param').id, context.req.valid('json'))), 200),
  );
  app.openapi(add, async (context) => {
    const members = await addressesOf(context.req.valid('json').members, callerSignal(context));
    return context.json(show(await groups().add(context.req.valid('param').id, members)), 200);
  });
  app.openapi(remove, async (context) => {
    const { id, member: name } = context.req.valid('param');
    const members = await addressesOf([name], callerSignal(context));
    return context.json(show(await groups().remove(id, members)), 200);
  });
  app.openapi(setRole, async (context) => {
    const { id, member: name } = context.req.valid('param');
    const [address] = await addressesOf([name], callerSignal(context));
    return context.json(show(await groups().setRole(id, address!, context.req.valid('json').role)), 200);
  });
  app.openapi(leave, async (context) => {
    await groups().leave(context.req.valid('param').id);
    return context.json({ ok: true as const }, 200);
  });
}
