import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import { ServerError } from '../errors.ts';
import { createShell } from '../http/create-shell.ts';
import type { DoorOptions } from '../http/door-middleware.ts';
import type { AppEnv } from '../http/types.ts';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { addPageRoutes, type PageRoutesOptions } from '../page/add-page-routes.ts';
import { readPageFiles } from '../page/read-page-files.ts';
import { json, problems } from '../routes/schemas.ts';
import { version } from '../version.ts';
import type { AgentSlot } from './run-agent.ts';

const agentSchema = z
  .object({
    name: z.string(),
    path: z.string().meta({ description: 'Path before the routes of this agent.' }),
    state: z.string().meta({
      description: 'As its status says; restarting: it waits for its next start; stopped: the operator stopped it.',
    }),
    connected: z.boolean(),
    address: z.string().nullable().meta({ description: '`null` until the wallet has been asked.' }),
    mode: z.enum(['closed', 'open']).nullable(),
    reason: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
    warnings: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string() })),
    restarts: z.int().meta({ description: 'Starts after the first one.' }),
    nextStartAt: z.string().nullable().meta({ description: 'ISO 8601.' }),
    pending: z.int().nullable(),
    dead: z.int().nullable(),
  })
  .meta({ id: 'Agent' });
const ok = z.object({ ok: z.literal(true) });
const named = z.object({ name: z.string() });

const alive = createRoute({
  method: 'get',
  path: '/healthz',
  security: [],
  summary: 'Whether the process answers',
  responses: { 200: json(ok, 'It does.') },
});
const ready = createRoute({
  method: 'get',
  path: '/readyz',
  security: [],
  summary: 'Whether every agent has been tried, and at least one of those that should be is connected',
  responses: { 200: json(ok, 'So it is.'), ...problems },
});
const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  security: operators,
  summary: 'Metrics of the process and of all agents in the Prometheus text format',
  responses: { 200: { description: 'Metrics.', content: { 'text/plain': { schema: z.string() } } }, ...problems },
});
const list = createRoute({
  method: 'get',
  path: '/agents',
  security: operators,
  summary: 'How each agent behind this port stands',
  responses: { 200: json(z.object({ agents: z.array(agentSchema) }), 'All of them.'), ...problems },
});
const stop = createRoute({
  method: 'post',
  path: '/agents/{name}/stop',
  security: operators,
  summary: 'Stop one agent in good order, and leave it stopped',
  request: { params: named },
  responses: { 200: json(agentSchema, 'It is stopped.'), ...problems },
});
const start = createRoute({
  method: 'post',
  path: '/agents/{name}/start',
  security: operators,
  summary: 'Start an agent that was stopped',
  request: { params: named },
  responses: { 200: json(agentSchema, 'It starts.'), ...problems },
});

/** What the routes of a port as a whole work with. */
export interface PortAppOptions {
  slots: ReadonlyMap<string, AgentSlot>;
  door: DoorOptions;
  /** How the operator's page is opened. */
  sessions: PageRoutesOptions['sessions'];
  renderMetrics: Metrics['render'];
  stopTimeoutMs: number;
  logger: Logger;
  now: () => number;
}

/** The routes of a port as a whole, and what a caller of an agent reads that is not there. */
export function createPortApp(options: PortAppOptions): OpenAPIHono<AppEnv> {
  const { slots, door, logger, now } = options;
  const slotOf = (name: string) => {
    const slot = slots.get(name);
    if (slot === undefined) throw new ServerError({ code: 'AGENT_UNKNOWN' });
    return slot;
  };
  const show = (slot: AgentSlot) => {
    const view = slot.view();
    const { nextStartAt } = view;
    return { ...view, nextStartAt: nextStartAt === null ? null : new Date(nextStartAt).toISOString() };
  };
  const metrics = { request: () => {} };
  const description = 'Encrypted mailboxes of several agents: /agents/NAME/openapi.json describes the routes of each.';
  const page = readPageFiles();
  return createShell({ door, metrics, logger, now, version, description, page }, (app) => {
    addPageRoutes(app, { sessions: options.sessions, view: 'team', now });
    app.openapi(alive, (context) => context.json({ ok: true as const }, 200));
    app.openapi(ready, (context) => {
      const all = [...slots.values()];
      const wanted = all.filter((slot) => slot.view().state !== 'stopped');
      const isReady =
        all.every((slot) => slot.settled()) && (wanted.length === 0 || wanted.some((slot) => slot.view().connected));
      if (!isReady) throw new ServerError({ code: 'NOT_READY' });
      return context.json({ ok: true as const }, 200);
    });
    app.openapi(metricsRoute, async (context) => {
      const { text, type } = await options.renderMetrics();
      return context.text(text, 200, { 'content-type': type });
    });
    app.openapi(list, (context) => context.json({ agents: [...slots.values()].map(show) }, 200));
    app.openapi(stop, async (context) => {
      const slot = slotOf(context.req.valid('param').name);
      await slot.stop({ timeoutMs: options.stopTimeoutMs });
      return context.json(show(slot), 200);
    });
    app.openapi(start, (context) => {
      const slot = slotOf(context.req.valid('param').name);
      slot.start();
      return context.json(show(slot), 200);
    });
    app.all(
      '/agents/:name/*',
      async (context) => await slotOf(context.req.param('name')).fetch(context.req.raw, context.env),
    );
  });
}
