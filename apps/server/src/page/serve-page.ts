import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { KnownRoute } from '../http/create-route-table.ts';
import { problemResponse } from '../http/problem.ts';
import type { AppEnv } from '../http/types.ts';
import type { PageFiles } from './read-page-files.ts';

/** Paths of the page, which hold nothing that is anybody's secret: whoever reaches the port may load them. */
export const pageRoutes: readonly KnownRoute[] = [/^\/$/u, /^\/page\/[\w.-]{1,128}$/u].map((path) => ({
  method: 'get',
  path,
  query: new Set(),
  audience: 'public',
}));

/**
 * Nothing but the page's own files and its own server, no inline script, no frame around it, no form; and no string becomes
 * markup or code: `trusted-types 'none'` allows no policy that would make it so.
 */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Stands around the headers that everything else gets. */
export const pageHeaders: MiddlewareHandler<AppEnv> = async (context, next) => {
  await next();
  const { path } = context.req;
  if (context.res.ok && pageRoutes.some((route) => route.path.test(path)))
    context.res.headers.set('content-security-policy', pagePolicy);
};

/** Answers with the files of the page. */
export function servePage(app: OpenAPIHono<AppEnv>, files: PageFiles): void {
  const serve = (path: string): Response | null => {
    const file = files()?.get(path);
    return file === undefined ? null : new Response(file.body, { headers: { 'content-type': file.type } });
  };
  app.get('/', (context) => serve('/') ?? problemResponse(notBuilt, context.get('requestId')));
  app.get('/page/:file', (context) => serve(context.req.path) ?? context.notFound());
}

const notBuilt = {
  status: 404,
  code: 'PAGE_NOT_BUILT',
  detail: 'The page of this server has not been built.',
  hint: 'In a checkout, `npm run build` builds it, as `npm run demo` and `npm run server` do.',
};
