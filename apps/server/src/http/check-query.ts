import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { quoteInput } from '@xmtp-messaging/errors';
import { problemResponse } from './problem.ts';
import type { AppEnv } from './types.ts';

interface KnownQuery {
  method: string;
  path: RegExp;
  names: ReadonlySet<string>;
}

/**
 * Refuses parameters that the route does not have, as bodies refuse unknown keys: who filters by a misspelt name would
 * take everything for the answer. What a route has is read from its own definition.
 * @param ignore Paths where they do not matter.
 */
export function checkQuery(app: OpenAPIHono<AppEnv>, ignore: ReadonlySet<string>): MiddlewareHandler<AppEnv> {
  let known: readonly KnownQuery[] | undefined;
  return async (context, next) => {
    const { path, url } = context.req;
    if (!url.includes('?') || ignore.has(path)) return next();
    // Every route is there by the time of the first request.
    known ??= readRoutes(app);
    const method = context.req.method === 'HEAD' ? 'get' : context.req.method.toLowerCase();
    const route = known.find((one) => one.method === method && one.path.test(path));
    const unknown = Object.keys(context.req.queries()).filter((name) => route?.names.has(name) === false);
    if (unknown.length === 0) return next();
    const names = [...(route?.names ?? [])];
    return problemResponse(
      {
        status: 422,
        code: 'INVALID_REQUEST',
        detail: 'The query has parameters that this route does not know.',
        hint: names.length === 0 ? 'This route has none.' : `It knows ${names.join(', ')}.`,
        errors: unknown.slice(0, 20).map((name) => ({
          pointer: `#/query/${name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`,
          detail: `Unrecognized parameter: ${quoteInput(name, { maxLength: 64 })}`,
        })),
      },
      context.get('requestId'),
    );
  };
}

function readRoutes(app: OpenAPIHono<AppEnv>): KnownQuery[] {
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const { method, path, request } = definition.route;
    const shape = request?.query !== undefined && 'shape' in request.query ? request.query.shape : {};
    const pattern = path.replaceAll(/[.*+?^$()|[\]\\]/gu, String.raw`\$&`).replaceAll(/\{[^}]+\}/gu, '[^/]+');
    return [{ method, path: new RegExp(`^${pattern}/?$`, 'u'), names: new Set(Object.keys(shape)) }];
  });
}
