import { createAgentGroups } from '@xmtp-messaging/agent';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readers, senders } from '../callers/audience-of.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { groupSchema, groupSettings } from './group-schemas.ts';
import { body, conversationId, idempotencyKey, json, problems, problemsOf } from './schemas.ts';
import type { Services } from './services.ts';

const params = z.object({ id: conversationId });
const person = z.string().min(1).max(255).meta({ description: 'Name or address.' });
const people = z.array(person).min(1).max(249);
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
          ...groupSettings,
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
  summary: 'Change what a group is called, how long its messages stay, and who may do what',
  description: 'Where a right is missing, nothing of it is done.',
  request: { params, body: body(z.strictObject(groupSettings).meta({ id: 'GroupChange' })) },
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
  summary: 'Make somebody an admin or a super admin of a group, or a mere member again',
  request: { params: member, body: body(z.strictObject({ role: z.enum(['member', 'admin', 'super-admin']) })) },
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
  const groups = createAgentGroups(() => runtime.requireAgent(), resolver);

  app.openapi(create, async (context) => {
    const idempotencyKey = context.req.valid('header')['idempotency-key'];
    const wanted = { ...context.req.valid('json'), idempotencyKey };
    return context.json(await groups.create(wanted, { signal: callerSignal(context) }), 200);
  });
  app.openapi(get, async (context) => context.json(await groups.get(context.req.valid('param').id), 200));
  app.openapi(update, async (context) =>
    context.json(await groups.update(context.req.valid('param').id, context.req.valid('json')), 200),
  );
  app.openapi(add, async (context) => {
    const { members } = context.req.valid('json');
    return context.json(
      await groups.add(context.req.valid('param').id, members, { signal: callerSignal(context) }),
      200,
    );
  });
  app.openapi(remove, async (context) => {
    const { id, member: name } = context.req.valid('param');
    return context.json(await groups.remove(id, [name], { signal: callerSignal(context) }), 200);
  });
  app.openapi(setRole, async (context) => {
    const { id, member: name } = context.req.valid('param');
    const { role } = context.req.valid('json');
    return context.json(await groups.setRole(id, name, role, { signal: callerSignal(context) }), 200);
  });
  app.openapi(leave, async (context) => {
    await groups.leave(context.req.valid('param').id);
    return context.json({ ok: true as const }, 200);
  });
}
