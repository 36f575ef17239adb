import { z } from 'zod';
import { createApp } from '../src/http/create-app.ts';
import { type ApiDocument, describeApi } from '../src/http/describe-api.ts';
import { createLogger } from '../src/log/create-logger.ts';
import { openPaths } from '../src/routes/add-operation-routes.ts';
import { outboundComponents } from '../src/routes/saying-schema.ts';
import type { Services } from '../src/routes/services.ts';

let known: ApiDocument | undefined;

/** The OpenAPI document, of an app that answers nothing. */
export function apiDocument(): ApiDocument {
  return (known ??= describe());
}

/** Every route that the app answers, `get /path`, whether the document knows it or not. */
export function registeredRoutes(): string[] {
  const found = open().routes.map(
    ({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/gu, '{$1}')}`,
  );
  return [...new Set(found)];
}

/** What the route of an operation takes and gives, as the schemas that its definition names. */
export function schemasOf(operationId: string): { takes: z.ZodObject; gives: z.ZodType } {
  for (const definition of open().openAPIRegistry.definitions) {
    if (definition.type !== 'route' || definition.route.operationId !== operationId) continue;
    const { request = {}, responses } = definition.route as unknown as Route;
    const { params, query, headers, body } = request;
    const parts = [params, query, headers, body?.content['application/json']?.schema];
    const takes = Object.assign({}, ...parts.map((part) => part?.shape)) as z.ZodRawShape;
    return { takes: z.object(takes), gives: responses[200]!.content['application/json']!.schema };
  }
  throw new Error(`no operation ${operationId}`);
}

interface Json<Schema> {
  content: Record<string, { schema: Schema } | undefined>;
}
interface Route {
  request?: Partial<Record<'params' | 'query' | 'headers', z.ZodObject>> & { body?: Json<z.ZodObject> };
  responses: Record<number, Json<z.ZodType> | undefined>;
}

function open(): ReturnType<typeof createApp> {
  const never = (): never => {
    throw new Error('this app only describes itself');
  };
  return createApp({
    services: { now: Date.now, version: '0.0.0' } as Services,
    door: {
      allowedHosts: [],
      agent: { id: undefined, address: never },
      callers: { find: never, knowsOperator: never, wantsTokens: false },
      sendsPerMinute: 1,
      open: openPaths,
      closing: never,
      now: Date.now,
    },
    sessions: { open: never, isOpen: never },
    logger: createLogger({ level: 'silent', destination: { write: never } }),
  });
}

function describe(): ApiDocument {
  // As it goes over the wire.
  return JSON.parse(
    JSON.stringify(
      describeApi(open(), {
        version: '0.0.0',
        description: 'The surface of an agent.',
        open: openPaths,
        schemas: outboundComponents,
      }),
    ),
  ) as ApiDocument;
}
