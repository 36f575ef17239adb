import type { OpenAPIHono } from '@hono/zod-openapi';
import { type Audience, audienceOf } from '../callers/audience-of.ts';
import type { AppEnv } from './types.ts';

/** What a route says of itself. */
export interface KnownRoute {
  method: string;
  path: RegExp;
  /** Names of its query parameters. */
  query: ReadonlySet<string>;
  audience: Audience;
}

/** Finds the route that a request is for; `undefined` when there is none. */
export type RouteTable = (method: string, path: string) => KnownRoute | undefined;

/** Reads the routes from their own definitions, at the first request: every one is there by then. @param more Files, which no definition describes. */
export function createRouteTable(app: OpenAPIHono<AppEnv>, more: readonly KnownRoute[] = []): RouteTable {
  let known: readonly KnownRoute[] | undefined;
  return (asked, path) => {
    known ??= [...readRoutes(app), ...more, description];
    const method = asked === 'HEAD' ? 'get' : asked.toLowerCase();
    return known.find((one) => one.method === method && one.path.test(path));
  };
}

/** The description of the others, which is no part of itself. */
const description: KnownRoute = { method: 'get', path: /^\/openapi\.json$/u, query: new Set(), audience: 'any' };

function readRoutes(app: OpenAPIHono<AppEnv>): KnownRoute[] {
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const { method, path, request, security } = definition.route;
    const shape = request?.query !== undefined && 'shape' in request.query ? request.query.shape : {};
    const pattern = path.replaceAll(/[.*+?^$()|[\]\\]/gu, String.raw`\$&`).replaceAll(/\{[^}]+\}/gu, '[^/]+');
    return [
      {
        method,
        path: new RegExp(`^${pattern}/?$`, 'u'),
        query: new Set(Object.keys(shape)),
        audience: audienceOf(security),
      },
    ];
  });
}
