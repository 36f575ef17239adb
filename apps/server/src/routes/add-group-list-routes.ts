import { changeList, noEntry } from '@xmtp-messaging/agent';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { body, fault, json, problems, problemsOf, whole } from './schemas.ts';
import type { Services } from './services.ts';

const words = z.string().min(1).max(255);
const entry = z
  .object({ conversationId: z.string(), name: z.string().nullable() })
  .meta({ id: 'GroupListEntry', description: 'A group, and what the operator calls it.' });
const params = z.object({ entry: words.meta({ description: 'Id of the conversation, or what the list calls it.' }) });

const all = createRoute({
  method: 'get',
  path: '/xmtp/grouplist',
  security: operators,
  operationId: 'listGrouplist',
  tags: ['trust'],
  summary: 'The list of groups',
  request: { query: z.object({ offset: whole(0, 10_000_000, 0), limit: whole(1, 10_000, 1000) }) },
  responses: {
    200: json(
      z.object({
        state: z.enum(['ready', 'unreadable']).meta({ description: 'While unreadable, no group is on the list.' }),
        mode: z
          .enum(['listed-senders', 'listed-groups', 'off'])
          .meta({ description: 'In which groups those on the allowlist are heard: XMTP_GROUPS.' }),
        count: z.int(),
        error: fault.nullable(),
        entries: z.array(entry),
      }),
      'Its state and entries, in the order of the file.',
    ),
    ...problems,
  },
});
const changed = z.object({ ok: z.literal(true), added: z.boolean(), entry });
const put = createRoute({
  method: 'put',
  path: '/xmtp/grouplist/{entry}',
  security: operators,
  operationId: 'putGrouplistEntry',
  tags: ['trust'],
  summary: 'Put a group on the list, or give one another label',
  request: { params, body: body(z.strictObject({ label: words.nullable().optional() }).meta({ id: 'GroupLabel' })) },
  responses: {
    200: json(changed, 'Was listed already.'),
    201: json(changed, 'Is listed now.'),
    ...problems,
    ...problemsOf(409),
  },
});
const remove = createRoute({
  method: 'delete',
  path: '/xmtp/grouplist/{entry}',
  security: operators,
  operationId: 'removeFromGrouplist',
  tags: ['trust'],
  summary: 'Take a group off the list',
  request: { params },
  responses: {
    200: json(z.object({ ok: z.literal(true), removed: entry }), 'Is not listed any more.'),
    ...problems,
    ...problemsOf(404, 409),
  },
});

/** In which groups the agent is with its operator's consent. Who is heard there stays with the allowlist. */
export function addGroupListRoutes(app: OpenAPIHono<AppEnv>, { runtime, groups }: Services): void {
  const change = <T>(make: () => Promise<T>) =>
    changeList({ home: runtime.requireHome(), list: 'grouplist', by: 'operator' }, make);

  app.openapi(all, (context) => {
    const { offset, limit } = context.req.valid('query');
    const list = runtime.requireHome().grouplist;
    const { state, count, error } = list.status();
    const entries = list.entries({ offset, limit });
    return context.json({ state, mode: groups, count, error, entries }, 200);
  });
  app.openapi(put, async (context) => {
    const { grouplist } = runtime.requireHome();
    const { label } = context.req.valid('json');
    const asked = context.req.valid('param').entry;
    const signal = callerSignal(context);
    const done = await change(async () => {
      const known = grouplist.find(asked);
      const result =
        known === null
          ? await grouplist.add({ conversationId: asked, name: label }, { signal })
          : { added: false, entry: known };
      if (result.added || label === undefined) return result;
      return { ...result, entry: (await grouplist.rename(asked, label, { signal })) ?? result.entry };
    });
    return context.json({ ok: true as const, ...done }, done.added ? 201 : 200);
  });
  app.openapi(remove, async (context) => {
    const asked = context.req.valid('param').entry;
    const signal = callerSignal(context);
    const removed = await change(() => runtime.requireHome().grouplist.remove(asked, { signal }));
    if (removed === null) throw noEntry(asked);
    return context.json({ ok: true as const, removed }, 200);
  });
}
