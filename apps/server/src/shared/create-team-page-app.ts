import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import { operatorWanted } from '../callers/check-caller.ts';
import { ServerError } from '../errors.ts';
import { callerSignal } from '../http/caller-signal.ts';
import { createShell } from '../http/create-shell.ts';
import type { DoorOptions } from '../http/door-middleware.ts';
import { passBody } from '../http/pass-body.ts';
import { problemResponse } from '../http/problem.ts';
import type { AppEnv } from '../http/types.ts';
import type { Logger } from '../log/create-logger.ts';
import { addPageRoutes, type PageRoutesOptions } from '../page/add-page-routes.ts';
import { readPageFiles } from '../page/read-page-files.ts';
import { json, problems } from '../routes/schemas.ts';
import { version } from '../version.ts';

/** An agent with a server of its own. */
export interface TeamPageAgent {
  name: string;
  /** Of its server, without a path behind it. */
  url: string;
  /** Its operator's token; `null` while it is not known. */
  token: string | null;
  state: string;
  connected: boolean;
  address: string | null;
  reason: { code: string; message: string; hint: string } | null;
  restarts: number;
  pending: number | null;
  dead: number | null;
}

const agentSchema = z
  .object({
    name: z.string(),
    path: z.string().meta({ description: 'Path before the routes of this agent.' }),
    state: z.string(),
    connected: z.boolean(),
    address: z.string().nullable(),
    reason: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
    restarts: z.int(),
    pending: z.int().nullable(),
    dead: z.int().nullable(),
    canStop: z.literal(false).meta({ description: 'Whoever started it stops it.' }),
  })
  .meta({ id: 'Agent' });

const list = createRoute({
  method: 'get',
  path: '/agents',
  security: operators,
  summary: 'How each agent of the team stands',
  responses: { 200: json(z.object({ agents: z.array(agentSchema) }), 'All of them.'), ...problems },
});

/** What is passed on, and back. Nothing of a browser's own, which the server would take for another origin's. */
const asked = ['accept', 'content-type', 'idempotency-key', 'last-event-id'];
const answered = ['content-type', 'content-disposition', 'retry-after', 'xmtp-findings', 'x-accel-buffering'];

/** What the routes of the page of a team work with. */
export interface TeamPageAppOptions extends Pick<PageRoutesOptions, 'sessions'> {
  agents: () => readonly TeamPageAgent[];
  /** Ends what is passed on. */
  closing: AbortSignal;
  door: DoorOptions;
  logger: Logger;
  now: () => number;
}

/** The page of a team, and the way from it to the server of each agent. */
export function createTeamPageApp(options: TeamPageAppOptions): OpenAPIHono<AppEnv> {
  const { agents, sessions, closing, door, logger, now } = options;
  const metrics = { request: () => {} };
  const page = readPageFiles();
  const description = 'The page of a team: /agents/NAME leads to the server of an agent.';
  return createShell({ door, metrics, logger, now, version, description, page }, (app) => {
    addPageRoutes(app, { sessions, view: 'team', now });
    app.openapi(list, (context) =>
      context.json(
        {
          agents: agents().map(({ url: _url, token: _token, ...view }) => ({
            ...view,
            path: `/agents/${view.name}`,
            canStop: false as const,
          })),
        },
        200,
      ),
    );
    app.all('/agents/:name/xmtp/*', async (context) => {
      // Whoever shows no token is somebody on this machine, and what follows is done as the operator.
      if (context.get('caller')?.kind !== 'operator') return problemResponse(operatorWanted, context.get('requestId'));
      const agent = agents().find(({ name }) => name === context.req.param('name'));
      if (agent === undefined) throw new ServerError({ code: 'AGENT_UNKNOWN' });
      const { pathname, search } = new URL(context.req.url);
      const target = new URL(agent.url);
      target.pathname = pathname.slice(pathname.indexOf('/xmtp/'));
      target.search = search;
      const headers = Object.fromEntries(asked.flatMap((name) => [[name, context.req.header(name) ?? '']]));
      const { method } = context.req;
      const response = await fetch(target, {
        method,
        headers: {
          ...Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')),
          ...(agent.token === null ? {} : { authorization: `Bearer ${agent.token}` }),
        },
        ...(method === 'GET' || method === 'HEAD' ? {} : { body: await context.req.arrayBuffer() }),
        redirect: 'error',
        signal: AbortSignal.any([callerSignal(context), closing]),
      }).catch((cause: unknown) => {
        throw new ServerError({ code: 'NOT_READY', shortMessage: 'The server of this agent does not answer.', cause });
      });
      const back = answered.flatMap((name): [string, string][] => {
        const value = response.headers.get(name);
        return value === null ? [] : [[name, value]];
      });
      const body = response.body === null ? null : passBody(response.body, context.env?.outgoing);
      return new Response(body, { status: response.status, headers: Object.fromEntries(back) });
    });
  });
}
