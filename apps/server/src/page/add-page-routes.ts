import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { anybody, operators } from '../callers/audience-of.ts';
import type { PageSessions } from '../callers/create-page-sessions.ts';
import { ServerError } from '../errors.ts';
import type { AppEnv } from '../http/types.ts';
import { body, json, problems, problemsOf } from '../routes/schemas.ts';
import { createPageLinks, linkMs } from './create-page-links.ts';

const link = createRoute({
  method: 'post',
  path: '/xmtp/page/links',
  security: operators,
  operationId: 'createPageLink',
  tags: ['page'],
  summary: "Make a link that opens the operator's page once, within two minutes",
  responses: {
    200: json(
      z.object({
        ok: z.literal(true),
        code: z.string().meta({ description: 'Give it to POST /xmtp/page/sessions; once.' }),
        path: z.string().meta({ description: 'Of the page, with the code behind the #, which no server sees.' }),
        expiresInSeconds: z.int(),
      }),
      'The link. Whoever has it is the operator.',
    ),
    ...problems,
  },
});
const session = createRoute({
  method: 'post',
  path: '/xmtp/page/sessions',
  security: anybody,
  operationId: 'openPageSession',
  tags: ['page'],
  summary: 'Exchange the code of a link for a token of the page',
  request: { body: body(z.strictObject({ code: z.string().min(1).max(200) }).meta({ id: 'PageCode' })) },
  responses: {
    200: json(
      z.object({
        ok: z.literal(true),
        token: z.string().meta({
          description: "A bearer token, good for what the operator's is good for, until then or until that is changed.",
        }),
        expiresAt: z.string(),
        view: z.enum(['agent', 'team']).meta({ description: 'team: several agents are behind this port.' }),
      }),
      'The session.',
    ),
    ...problems,
    ...problemsOf(409),
  },
});

/** What the page's routes work with. */
export interface PageRoutesOptions {
  sessions: PageSessions;
  view: 'agent' | 'team';
  now: () => number;
}

/** How the operator gets into the page: the token itself never stands in a URL, an argument list or a log. */
export function addPageRoutes(app: OpenAPIHono<AppEnv>, { sessions, view, now }: PageRoutesOptions): void {
  const links = createPageLinks(now);
  app.openapi(link, (context) => {
    const code = links.make();
    return context.json({ ok: true as const, code, path: `/#link=${code}`, expiresInSeconds: linkMs / 1000 }, 200);
  });
  app.openapi(session, (context) => {
    const opened = links.use(context.req.valid('json').code) ? sessions.open() : null;
    if (opened === null) throw new ServerError({ code: 'LINK_USED' });
    const expiresAt = new Date(opened.expiresAt).toISOString();
    return context.json({ ok: true as const, token: opened.token, expiresAt, view }, 200);
  });
}
