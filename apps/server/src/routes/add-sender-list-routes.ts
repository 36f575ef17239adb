import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import { type AgentHome, changeList, findEntry, noEntry, putEntry } from '@xmtp-messaging/agent';
import type { Allowlist } from '@xmtp-messaging/allowlist';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { body, entrySchema, fault, json, problems, problemsOf, whole } from './schemas.ts';
import type { Services } from './services.ts';

const named = z.string().min(1).max(255);
const listAnswer = z.object({
  state: z.enum(['ready', 'unreadable']).meta({ description: 'While unreadable, nobody is on the list.' }),
  count: z.int(),
  error: fault.nullable(),
  entries: z.array(entrySchema),
});
const changed = z.object({
  ok: z.literal(true),
  added: z.boolean(),
  renamed: z
    .literal(true)
    .optional()
    .meta({ description: 'It was listed already, and has another name or label now.' }),
  entry: entrySchema,
  changedSince: z
    .object({ address: z.string(), since: z.string() })
    .optional()
    .meta({ description: 'The other address that this name meant when it was last written to, and from when on.' }),
});
const label = named.meta({ description: 'Free words for somebody without a name; never looked up, never verified.' });
const addBody = z
  .strictObject({ address: named.optional(), name: named.optional(), label: label.optional() })
  .refine(({ address, name }) => address !== undefined || name !== undefined, 'must have an address or a name')
  .refine(({ name, label: words }) => name === undefined || words === undefined, 'must not have a name and a label');
const putBody = z
  .strictObject({ name: named.nullable().optional(), label: label.nullable().optional() })
  .refine(({ name, label: words }) => name === undefined || words === undefined, 'must not have a name and a label');

/** The two lists have the same form and the same routes. */
export function addSenderListRoutes(
  app: OpenAPIHono<AppEnv>,
  services: Services,
  list: 'allowlist' | 'denylist',
): void {
  const { runtime } = services;
  const path = `/xmtp/${list}` as const;
  const of = list === 'allowlist' ? 'Allowlist' : 'Denylist';
  const one = `${path}/{entry}` as const;
  const params = z.object({ entry: named.meta({ description: 'Address or name.' }) });
  const listOf = (home: AgentHome): Allowlist => home[list];
  const at = (context: Parameters<typeof callerSignal>[0]) => ({
    list,
    entries: listOf(runtime.requireHome()),
    names: runtime.mailbox()?.names ?? null,
    resolver: services.resolver,
    hints: runtime.requireHome().hints,
    signal: callerSignal(context),
  });

  const change = <T>(make: () => Promise<T>) => changeList({ home: runtime.requireHome(), list, by: 'operator' }, make);

  const all = createRoute({
    method: 'get',
    path,
    security: operators,
    operationId: `list${of}`,
    tags: ['trust'],
    summary: `The ${list}`,
    request: { query: z.object({ offset: whole(0, 10_000_000, 0), limit: whole(1, 10_000, 1000) }) },
    responses: { 200: json(listAnswer, 'Its state and entries, in the order of the file.'), ...problems },
  });
  app.openapi(all, (context) => {
    const { offset, limit } = context.req.valid('query');
    const entries = listOf(runtime.requireHome());
    const { state, count, error } = entries.status();
    return context.json({ state, count, error, entries: entries.entries({ offset, limit }) }, 200);
  });

  const find = createRoute({
    method: 'get',
    path: one,
    security: operators,
    operationId: `get${of}Entry`,
    tags: ['trust'],
    summary: `One entry of the ${list}`,
    request: { params },
    responses: { 200: json(entrySchema, 'The entry.'), ...problems, ...problemsOf(404, 409) },
  });
  app.openapi(find, (context) => {
    const entry = findEntry(listOf(runtime.requireHome()), context.req.valid('param').entry);
    return context.json(entry, 200);
  });

  const add = createRoute({
    method: 'post',
    path,
    security: operators,
    operationId: `addTo${of}`,
    tags: ['trust'],
    summary: `Put somebody on the ${list}, by address or by name`,
    request: { body: body(addBody.meta({ id: `Add${list === 'allowlist' ? 'Allowed' : 'Denied'}` })) },
    responses: {
      200: json(changed, 'Was listed already.'),
      201: json(changed, 'Is listed now.'),
      ...problems,
      ...problemsOf(404, 409, 502, 504),
    },
  });
  app.openapi(add, async (context) => {
    const result = await change(() => putEntry({ ...at(context), request: context.req.valid('json') }));
    return context.json({ ok: true as const, ...result }, result.added ? 201 : 200);
  });

  const put = createRoute({
    method: 'put',
    path: one,
    security: operators,
    operationId: `put${of}Entry`,
    tags: ['trust'],
    summary: `Put this address or name on the ${list}, or give who is on it another name or label`,
    request: { params, body: body(putBody) },
    responses: {
      200: json(changed, 'Was listed already.'),
      201: json(changed, 'Is listed now.'),
      ...problems,
      ...problemsOf(404, 409, 502, 504),
    },
  });
  app.openapi(put, async (context) => {
    const { entry } = context.req.valid('param');
    const result = await change(() => putEntry({ ...at(context), request: context.req.valid('json'), entry }));
    return context.json({ ok: true as const, ...result }, result.added ? 201 : 200);
  });

  const remove = createRoute({
    method: 'delete',
    path: one,
    security: operators,
    operationId: `removeFrom${of}`,
    tags: ['trust'],
    summary: `Take somebody off the ${list}`,
    request: { params },
    responses: {
      200: json(z.object({ ok: z.literal(true), removed: entrySchema }), 'Is not listed any more.'),
      ...problems,
      ...problemsOf(404, 409),
    },
  });
  app.openapi(remove, async (context) => {
    const { entry } = context.req.valid('param');
    const removed = await change(() => listOf(runtime.requireHome()).remove(entry));
    if (removed === null) throw noEntry(entry);
    return context.json({ ok: true as const, removed }, 200);
  });
}
