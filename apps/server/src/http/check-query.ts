import type { MiddlewareHandler } from 'hono';
import { quoteInput } from '@xmtp-messaging/errors';
import { problemResponse } from './problem.ts';
import type { RouteTable } from './create-route-table.ts';
import type { AppEnv } from './types.ts';

/**
 * Refuses parameters that the route does not have, as bodies refuse unknown keys: who filters by a misspelt name would
 * take everything for the answer. What a route has is read from its own definition.
 * @param ignore Paths where they do not matter.
 */
export function checkQuery(routeOf: RouteTable, ignore: ReadonlySet<string>): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const { path, url } = context.req;
    if (!url.includes('?') || ignore.has(path)) return next();
    const route = routeOf(context.req.method, path);
    const unknown = Object.keys(context.req.queries()).filter((name) => route?.query.has(name) === false);
    if (unknown.length === 0) return next();
    const names = [...(route?.query ?? [])];
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
